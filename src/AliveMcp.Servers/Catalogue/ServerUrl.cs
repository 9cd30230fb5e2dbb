using System.Text.RegularExpressions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Catalogue;

/// <summary>The URL of an MCP endpoint that can be watched.</summary>
internal sealed partial record ServerUrl
{
    private const string Example = "for example https://mcp.example.com/mcp";
    private const int MaxLength = 2048;

    private ServerUrl(string text, Uri uri)
    {
        Text = text;
        Uri = uri;
    }

    /// <summary>As the owner wrote it.</summary>
    public string Text { get; }

    public Uri Uri { get; }

    /// <summary>Scheme, host (punycode, lower case) and port unless it is the scheme's own.</summary>
    public string Origin =>
        Uri.IsDefaultPort
            ? $"{Uri.Scheme}://{HostOf(Uri)}"
            : string.Create(CultureInfo.InvariantCulture, $"{Uri.Scheme}://{HostOf(Uri)}:{Uri.Port}");

    /// <summary>One spelling for all that lead to the same request: origin, path without dot segments, query.</summary>
    public string Canonical => Origin + Uri.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped);

    /// <summary>Reads a URL; a refusal says what would be right and never repeats a password.</summary>
    public static Result<ServerUrl> Read(string text)
    {
        if (text.Length > MaxLength)
        {
            return Refuse($"has {text.Length} characters; {MaxLength} are the most");
        }

        if (text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character == '\\'))
        {
            return Refuse($"'{SafeText.Of(text, 80)}' holds a space, a control character or a backslash; {Example}");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return Refuse(WhyNotAbsolute(text));
        }

        return WhyNotWatchable(uri) is { } why ? Refuse(why) : new ServerUrl(text, uri);
    }

    public override string ToString() => Canonical;

    private static Result<ServerUrl> Refuse(string why) => new Problem("url_invalid", why);

    private static string WhyNotAbsolute(string text) =>
        text.StartsWith("stdio", StringComparison.OrdinalIgnoreCase) || Command().IsMatch(text)
            ? $"'{SafeText.Of(text, 80)}' is a stdio server: it is a local process without a URL and cannot be watched from outside; only http and https can"
            : $"'{SafeText.Of(text, 80)}' is not an absolute http or https URL; {Example}";

    private static string? WhyNotWatchable(Uri uri)
    {
        if (uri.UserInfo.Length > 0)
        {
            return "carries a user name or password before the host; leave it out, the file is no place for secrets";
        }

        if (uri.Fragment.Length > 0 || uri.OriginalString.Contains('#', StringComparison.Ordinal))
        {
            return "has a fragment (#…), which is never sent to a server; leave it out";
        }

        if (uri.Port == 0)
        {
            return "has port 0; write 1 to 65535, or none for the scheme's own";
        }

        return IsSaneHost(uri) ? null : $"has the host '{SafeText.Of(uri.Host, 80)}', which is no host name; {Example}";
    }

    private static bool IsSaneHost(Uri uri)
    {
        try
        {
            return uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
                || (uri.IdnHost.Length <= 253 && HostName().IsMatch(uri.IdnHost));
        }
        catch (UriFormatException)
        {
            // Some text that looks like IDN has no IDN form.
            return false;
        }
    }

    private static string HostOf(Uri uri) =>
        uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost.TrimEnd('.').ToLowerInvariant();

    [GeneratedRegex(
        @"\A(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex HostName();

    /// <summary>What people paste from a client's configuration.</summary>
    [GeneratedRegex(
        @"\A(?:npx|uvx|uv|node|python3?|docker|bunx|deno)(?:[ .-]|\z)|\A\.{0,2}/",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Command();
}
