using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace AliveMcp.Alerting.Messages;

/// <summary>Takes out of free text what must not leave: network addresses, and what looks like a secret. A net under those who write the text, not their excuse.</summary>
internal static partial class SensitiveText
{
    private const string Address = "[address]";
    private const string Secret = "[secret]";

    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return text;
        }

        var kept = UserOfUrl().Replace(text, "${scheme}");
        kept = Shown().Replace(kept, Secret);
        kept = Named().Replace(kept, match => match.Groups["name"].Value + Secret);
        kept = FourParts().Replace(kept, match => IsAddress(match.Value) ? Address : match.Value);
        return Colons().Replace(kept, match => IsAddress(match.Value.Trim('[', ']')) ? Address : match.Value);
    }

    private static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork || text.Count(letter => letter == ':') > 1);

    /// <summary>Tokens that say themselves what they are.</summary>
    [GeneratedRegex(
        @"\b(?:amcp_[a-z]+_|whsec_|sk-|sk_live_|sk_test_|ghp_|gho_|github_pat_|glpat-|xox[abprs]-|AKIA|eyJ[A-Za-z0-9_-]{8,}\.)[A-Za-z0-9_.\-]{6,}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Shown();

    /// <summary>What stands behind the name of a secret.</summary>
    [GeneratedRegex(
        @"(?<name>(?:\b(?:bearer|basic)\s+)|(?:\b[\w-]*(?:token|secret|password|passwd|api[_-]?key|authorization|credential)[""']?\s*[:=]\s*[""']?(?:bearer\s+|basic\s+)?))[^\s""',;}]{4,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Named();

    [GeneratedRegex(
        @"\b(?<scheme>https?://)[^\s/@]+@",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex UserOfUrl();

    [GeneratedRegex(@"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FourParts();

    [GeneratedRegex(
        @"(?<![\w:])\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:%\w+)?\]?(?![\w:])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Colons();
}
