using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AliveMcp.Probing.Credentials;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Evidence;

/// <summary>
/// The secrets of one probe, and how text is made fit to be shown without them: those of the order and those that a request carried,
/// as <see cref="SecretMask"/> knows them, and whatever looks like somebody's credential.
/// </summary>
internal sealed partial class SecretBook
{
    private const string SessionHeader = "Mcp-Session-Id";

    private static readonly string[] SecretHeaders =
    [
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Set-Cookie",
        SessionHeader,
    ];

    private static readonly SearchValues<string> IssuedWords = SearchValues.Create(
        ["access_token", "refresh_token", "id_token", "client_secret"],
        StringComparison.Ordinal
    );

    private readonly SecretMask _ours = new();
    private readonly string? _header;

    public SecretBook(ProbeCredential? credential)
    {
        _header = credential?.HeaderName;
        if (credential is not null)
        {
            _ours.Add(credential.Secret);
            _ours.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Secret}")));
        }
    }

    /// <summary>Whether IP addresses in strangers' text are taken out as well.</summary>
    public bool HidesAddresses { get; init; }

    /// <summary>Takes note of what a request of ours shows at the door.</summary>
    public void Learn(HttpRequestMessage request)
    {
        foreach (var name in (string?[])["Authorization", SessionHeader, _header])
        {
            if (name is not null && request.Headers.NonValidated.TryGetValues(name, out var values))
            {
                Learn(name, values.ToString());
            }
        }
    }

    /// <summary>A stranger's line.</summary>
    public string Clean(string text, int max) => SafeText.Of(Hide(text), max);

    public HeaderLine Clean((string Name, string Value) header)
    {
        var name = SafeText.Of(header.Name, 100);
        return IsSecret(header.Name)
            ? new HeaderLine(name, Scheme(header.Value) + Transcript.Redacted)
            : new HeaderLine(name, Clean(header.Value, 1000));
    }

    /// <summary>A URL, without what its query may give away.</summary>
    public string Clean(Uri url) =>
        SafeText.Of(
            url.Query.Length == 0
                ? _ours.Of(url.AbsoluteUri)
                : SecretParameter().Replace(_ours.Of(url.AbsoluteUri), $"${{begin}}{Transcript.Redacted}"),
            2000
        );

    /// <summary>A body of our own: it stays what it was but for our secrets, and can be sent again. Acting characters become JSON escapes.</summary>
    public string CleanOurs(string body)
    {
        var shown = new StringBuilder(body.Length);
        foreach (var rune in _ours.Of(body).EnumerateRunes())
        {
            if (rune.Value == '\n' || !SafeText.IsUnsafe(rune))
            {
                shown.Append(rune);
            }
            else if (rune.Value is '\r' or '\t')
            {
                shown.Append(' ');
            }
            else
            {
                foreach (var unit in rune.ToString())
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
                }
            }
        }

        return shown.ToString();
    }

    /// <summary>A stranger's text of several lines, cut behind redaction so that no half of a secret is left.</summary>
    public string CleanLines(string text, int most)
    {
        var hidden = Hide(text);
        var cut = hidden.Length > most ? hidden[..most] : hidden;
        var lines = cut.ReplaceLineEndings("\n").Replace("\t", "  ", StringComparison.Ordinal).Split('\n');
        return string.Join('\n', lines.Select(line => SafeText.Of(line, int.MaxValue)));
    }

    private bool IsSecret(string name) =>
        SecretHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
        || string.Equals(name, _header, StringComparison.OrdinalIgnoreCase);

    // "Bearer" and "Basic" say how one came in, and are no secret.
    private static string Scheme(string value) =>
        value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? "Bearer "
        : value.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? "Basic "
        : "";

    // A session's id is the server's: it may be made of words.
    private void Learn(string name, string value)
    {
        if (name == SessionHeader)
        {
            _ours.AddWhole(value);
        }
        else
        {
            _ours.Add(value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        }
    }

    private string Hide(string text)
    {
        // Patterns that need no backtracking are dear to build, and most text has nothing for them.
        var ours = _ours.Of(text);
        var plain = ours.AsSpan().ContainsAny(IssuedWords)
            ? IssuedToken().Replace(ours, $"${{begin}}{Transcript.Redacted}\"")
            : ours;
        return HidesAddresses ? Redaction.Of(plain) : Redaction.Credentials(plain);
    }

    // RFC 6749, section 5.1, and RFC 7591: what a token or registration endpoint hands out.
    [GeneratedRegex(
        """(?<begin>"(?:access_token|refresh_token|id_token|client_secret)"\s*:\s*")[^"]*(?:"|$)""",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex IssuedToken();

    [GeneratedRegex(
        "(?<begin>[?&;][^=&;#]*(?:key|token|secret|sig|pass|auth|session|code)[^=&;#]*=)[^&;#]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex SecretParameter();
}
