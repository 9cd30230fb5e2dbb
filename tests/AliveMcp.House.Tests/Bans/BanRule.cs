using System.Text.RegularExpressions;
using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Bans;

/// <summary>What may not stand in the code: tests that skip, warnings switched off without a reason.</summary>
internal static partial class BanRule
{
    public static IEnumerable<string> Faults(CodeFile file)
    {
        foreach (var found in Skipped().Matches(file.Code).Cast<Match>())
        {
            yield return $"{file.Path}:{LineOf(file, found)} skips a test; a test that cannot run fails.";
        }

        foreach (var found in Pragma().Matches(file.Text).Cast<Match>())
        {
            yield return $"{file.Path}:{LineOf(file, found)} switches a warning off and does not say why.";
        }
    }

    private static int LineOf(CodeFile file, Match found) => file.Text.AsSpan(0, found.Index).Count('\n') + 1;

    [GeneratedRegex(@"\[(?:Fact|Theory|InlineData|MemberData)\b[^\]]*\bSkip\w*\s*=|\bAssert\s*\.\s*Skip\w*\s*\(")]
    private static partial Regex Skipped();

    [GeneratedRegex(@"^[ \t]*#pragma warning disable (?![^\n]*//)[^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Pragma();
}
