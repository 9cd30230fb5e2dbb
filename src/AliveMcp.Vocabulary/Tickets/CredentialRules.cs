using System.Buffers;

namespace AliveMcp.Vocabulary.Tickets;

/// <summary>Which credentials can be shown at all. One that would break the wire, or rewrite our own request, never leaves.</summary>
public static class CredentialRules
{
    private const int LongestSecret = 16 * 1024;
    private const int LongestName = 128;

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    // What frames a message, belongs to one hop, is ours to say, or would turn the request into another one.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host",
        "Connection",
        "Keep-Alive",
        "Upgrade",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "HTTP2-Settings",
        "Expect",
        "Cookie",
        "Set-Cookie",
        "Accept",
        "Accept-Encoding",
        "User-Agent",
        "Origin",
        "Last-Event-ID",
        "Traceparent",
        "Tracestate",
        "Baggage",
    };

    private static readonly string[] ReservedBeginnings = ["Content-", "Mcp-", "Proxy-", "Sec-", "If-"];

    /// <summary>Why this credential cannot be shown, without any of its secrets; null when it can.</summary>
    public static string? Fault(ProbeCredential credential) =>
        FaultOf(credential)
        ?? credential.Kind switch
        {
            CredentialKind.Bearer => credential.Secret.Contains(' ', StringComparison.Ordinal)
                ? "expected a bearer token in one word, got blanks in it"
                : null,
            CredentialKind.Header => FaultOfName(credential.HeaderName),
            CredentialKind.Basic => FaultOfUser(credential.User, mayHoldColon: false),
            CredentialKind.ClientCredentials => FaultOfUser(credential.User, mayHoldColon: true)
                ?? FaultOfEndpoint(credential.TokenEndpoint),
            _ => "expected a bearer token, header key, password or client credentials, got another kind of credential",
        };

    /// <summary>Whether text can stand in a header as it is.</summary>
    public static bool IsHeaderText(string text) =>
        text.Length is > 0 and <= LongestSecret
        && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        && text[0] != ' '
        && text[^1] != ' ';

    private static string? FaultOf(ProbeCredential credential)
    {
        var secret = credential.Secret;
        var travelsEncoded = credential.Kind is CredentialKind.Basic or CredentialKind.ClientCredentials;
        return secret.Length == 0 ? "expected a secret, got an empty one"
            : secret.Length > LongestSecret
                ? $"expected a secret of at most {LongestSecret} characters, got a longer one"
            : travelsEncoded
                ? HoldsControls(secret) ? "expected a secret without control characters, got some"
                    : null
            : IsHeaderText(secret) ? null
            : "expected a secret of visible ASCII characters, got control characters, outer blanks or others in it";
    }

    private static string? FaultOfName(string? name)
    {
        if (name is not { Length: > 0 and <= LongestName } || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            return "expected the name of a header, got none or one that HTTP does not allow";
        }

        return
            Reserved.Contains(name)
            || Array.Exists(ReservedBeginnings, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            ? $"expected a header that is free for a key, got '{name}', which HTTP or MCP uses itself"
            : null;
    }

    private static string? FaultOfUser(string? user, bool mayHoldColon) =>
        user is not { Length: > 0 and <= LongestName * 8 } ? "expected a user name or client id, got none"
        : HoldsControls(user) ? "expected a user name or client id, got control characters in it"
        : !mayHoldColon && user.Contains(':', StringComparison.Ordinal)
            ? "expected a user name without a colon, which Basic cannot carry"
        : null;

    private static string? FaultOfEndpoint(Uri? endpoint) =>
        endpoint is { IsAbsoluteUri: true, Fragment: "", UserInfo: "" }
        && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.Scheme == Uri.UriSchemeHttp)
            ? null
            : "expected the absolute URL of a token endpoint, got none or another kind of address";

    private static bool HoldsControls(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\x1f') || text.Contains('\x7f', StringComparison.Ordinal);
}
