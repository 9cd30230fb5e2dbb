using System.Net;
using System.Text.RegularExpressions;

namespace AliveMcp.Probing.Evidence;

/// <summary>Takes out of strangers' text what must not be kept or shown: addresses, credentials, tokens.</summary>
internal static partial class Redaction
{
    public static string Of(string text)
    {
        var plain = Credential().Replace(text, "${kind} [redacted]");
        plain = Token().Replace(plain, "[token]");
        plain = V4().Replace(plain, "[ip]");
        return V6().Replace(plain, match => IsAddress(match, plain) ? "[ip]" : match.Value);
    }

    // A time of day, a MAC address or a name in C++ looks alike; only what parses and stands alone is an address.
    private static bool IsAddress(Match match, string text)
    {
        var end = match.Index + match.Length;
        var standsAlone =
            (match.Index == 0 || !char.IsLetterOrDigit(text[match.Index - 1]))
            && (end == text.Length || !char.IsLetterOrDigit(text[end]));
        return standsAlone && IPAddress.TryParse(match.ValueSpan, out _);
    }

    [GeneratedRegex(
        @"\b(?<kind>bearer|basic|token|api[-_]?key|password|secret|cookie|session[-_]?id)\b[""']?\s*[:=\s]\s*[""']?[A-Za-z0-9+/_.~=-]{6,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Credential();

    // JSON Web Tokens, and the prefixes by which the large platforms mark theirs.
    [GeneratedRegex(
        @"\b(?:eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]+|(?:sk|pk|ghp|gho|ghs|xox[abp]|ntn|glpat)[-_][A-Za-z0-9_-]{8,})",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Token();

    [GeneratedRegex(@"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b", RegexOptions.NonBacktracking)]
    private static partial Regex V4();

    [GeneratedRegex(@"[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}", RegexOptions.NonBacktracking)]
    private static partial Regex V6();
}
