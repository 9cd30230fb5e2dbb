using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace AliveMcp.Probing.Evidence;

/// <summary>Takes out of strangers' text what must not be kept or shown: addresses, credentials, tokens.</summary>
internal static partial class Redaction
{
    private static readonly SearchValues<char> Letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    // Each pattern below begins with one of these; without them it need not be built, which takes longer than many a probe.
    private static readonly SearchValues<string> CredentialWords = SearchValues.Create(
        ["bearer", "basic", "token", "api", "password", "secret", "cookie", "session"],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly SearchValues<string> TokenWords = SearchValues.Create(
        ["eyJ", "sk-", "sk_", "pk-", "pk_", "ghp", "gho", "ghs", "xox", "ntn", "glpat"],
        StringComparison.Ordinal
    );

    // RFC 6750, 7235, 7617 and 9728: what may stand behind a scheme, and is no secret.
    private static readonly HashSet<string> Parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        "realm",
        "scope",
        "error",
        "error_description",
        "error_uri",
        "resource",
        "resource_metadata",
        "authorization_uri",
        "charset",
    };

    /// <summary>Without credentials, tokens and addresses.</summary>
    public static string Of(string text)
    {
        var plain = Credentials(text);
        plain = V4().Replace(plain, "[ip]");
        return V6().Replace(plain, match => IsAddress(match, plain) ? "[ip]" : match.Value);
    }

    /// <summary>Without credentials and tokens alone: for the owner's own terminal.</summary>
    public static string Credentials(string text)
    {
        var plain = text.AsSpan().ContainsAny(CredentialWords) ? WithoutCredentials(text) : text;
        return plain.AsSpan().ContainsAny(TokenWords) ? Token().Replace(plain, "[token]") : plain;
    }

    private static string WithoutCredentials(string text)
    {
        var kept = new StringBuilder(text.Length);
        var copied = 0;
        var match = Credential().Match(text);
        while (match.Success)
        {
            var kind = match.Groups["kind"];
            var next = kind.Index + kind.Length;
            if (!IsHarmless(match))
            {
                kept.Append(text, copied, next - copied).Append(" [redacted]");
                next = copied = match.Index + match.Length;
            }

            // What was kept may itself be the name of a secret, as in "the token bearer ...".
            match = Credential().Match(text, next);
        }

        return kept.Append(text, copied, text.Length - copied).ToString();
    }

    // "Bearer realm=..." names a parameter, "the token expired" is prose: neither tells a secret.
    private static bool IsHarmless(Match match)
    {
        var kind = match.Groups["kind"].ValueSpan;
        var value = match.Groups["value"].ValueSpan;
        if (char.IsWhiteSpace(match.Groups["sign"].ValueSpan[0]))
        {
            var isSecret = kind is ['p' or 'P', ..] or ['s' or 'S', 'e' or 'E', 'c' or 'C', ..];
            var isScheme = kind is ['b' or 'B', ..];
            return isScheme ? IsParameter(value) : !isSecret && !value.ContainsAnyExcept(Letters);
        }

        return false;
    }

    private static bool IsParameter(ReadOnlySpan<char> value)
    {
        var equals = value.IndexOf('=');
        return equals > 0 && Parameters.Contains(value[..equals].ToString());
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
        @"\b(?<kind>bearer|basic|token|api[-_]?key|password|secret|cookie|session[-_]?id)\b[""']?\s*(?<sign>[:=\s])\s*[""']?(?<value>[A-Za-z0-9+/_.~=-]{6,})",
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
