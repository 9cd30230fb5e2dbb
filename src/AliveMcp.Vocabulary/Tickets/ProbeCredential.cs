using System.Text;

namespace AliveMcp.Vocabulary.Tickets;

/// <summary>
/// What a probe shows at the door of one server. Bound to the origin of the registered URL: it goes there and nowhere else,
/// an OAuth secret to <see cref="TokenEndpoint"/> alone. Never printed.
/// </summary>
public sealed record ProbeCredential
{
    public required CredentialKind Kind { get; init; }

    /// <summary>Names this credential without telling it, for example <c>cred-7</c>: contracts compare only under the same one.</summary>
    public required string Identity { get; init; }

    /// <summary>The token, key, password or client secret.</summary>
    public required string Secret { get; init; }

    /// <summary>Name of the header; for <see cref="CredentialKind.Header"/> alone.</summary>
    public string? HeaderName { get; init; }

    /// <summary>User name of <see cref="CredentialKind.Basic"/>, or client id of <see cref="CredentialKind.ClientCredentials"/>.</summary>
    public string? User { get; init; }

    /// <summary>Where client credentials are exchanged for a token. A discovered endpoint is compared with it and never used.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>The authorization server as its owner named it (RFC 8414, section 2); null when it was not given.</summary>
    public Uri? Issuer { get; init; }

    /// <summary>Scopes to ask for, separated by spaces; null asks for the default.</summary>
    public string? Scope { get; init; }

    /// <summary>When it ends, if the owner said so; a token that says so itself (JWT <c>exp</c>) needs no date.</summary>
    public DateTimeOffset? Ends { get; init; }

    // A record prints its members by default; a secret must not follow one into a log.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Kind = ").Append(Kind).Append(", Identity = ").Append(Identity);
        return true;
    }
}
