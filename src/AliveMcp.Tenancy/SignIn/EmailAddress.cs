using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>An address that mail can be sent to, in the one spelling under which it is kept: lower case, its domain in ASCII.</summary>
public readonly partial record struct EmailAddress
{
    private const int Longest = 254;

    private EmailAddress(string text) => Text = text;

    /// <summary>As it is kept and sent to.</summary>
    public string Text { get; }

    /// <summary>No comments, no quotes, no names, nothing that could begin another header.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress address)
    {
        address = default;
        var trimmed = text?.Trim() ?? "";
        var at = trimmed.LastIndexOf('@');
        if (at < 1 || trimmed.Length > Longest || !TryAscii(trimmed[(at + 1)..], out var domain))
        {
            return false;
        }

        var whole = $"{trimmed[..at]}@{domain}".ToLowerInvariant();
        if (whole.Length > Longest || !Form().IsMatch(whole))
        {
            return false;
        }

        address = new EmailAddress(whole);
        return true;
    }

    public override string ToString() => Text;

    private static bool TryAscii(string domain, out string ascii)
    {
        try
        {
            ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain);
            return true;
        }
        catch (ArgumentException)
        {
            ascii = "";
            return false;
        }
    }

    [GeneratedRegex(
        @"\A[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+){0,20}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,20}[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Form();
}
