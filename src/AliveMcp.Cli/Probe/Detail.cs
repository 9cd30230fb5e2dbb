using System.Text.RegularExpressions;

namespace AliveMcp.Cli.Probe;

/// <summary>Takes the sentence that tells a failure apart, so that expected stands above actual.</summary>
internal static partial class Detail
{
    public static IEnumerable<(string Label, string Text)> Split(string detail)
    {
        var match = ExpectedAndGot().Match(detail);
        return match.Success
            ? [("expected", match.Groups["expected"].Value), ("got", match.Groups["got"].Value)]
            : [("detail", detail)];
    }

    [GeneratedRegex(
        "^expected (?<expected>.+?), got:? (?<got>.+)$",
        RegexOptions.CultureInvariant
            | RegexOptions.Singleline
            | RegexOptions.IgnoreCase
            | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ExpectedAndGot();
}
