using AliveMcp.Servers.Catalogue;

namespace AliveMcp.Servers.Credentials;

/// <summary>All that is ever told of a server's credential, to its owner alone.</summary>
/// <param name="Set">Whether there is one.</param>
/// <param name="Kind"><c>bearer</c>, <c>header</c>, <c>basic</c> or <c>client_credentials</c>; null: there is none.</param>
/// <param name="ChangedAt">When it was last put in or taken out; null: never.</param>
/// <param name="Ends">When it ends, as its owner said or the token itself says; null: nobody does.</param>
public sealed record CredentialStanding(bool Set, string? Kind, DateTimeOffset? ChangedAt, DateTimeOffset? Ends)
{
    internal static CredentialStanding Of(Server server) =>
        new(
            server.Credential is not null,
            server.Credential is { } known ? CredentialWords.Of(known) : null,
            server.CredentialChangedAt,
            server.CredentialEnds
        );
}
