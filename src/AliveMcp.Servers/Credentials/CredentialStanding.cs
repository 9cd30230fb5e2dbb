using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Credentials;

/// <summary>All that is ever told of a server's credential.</summary>
/// <param name="Set">Whether there is one.</param>
/// <param name="Kind"><c>bearer</c>, <c>header</c>, <c>basic</c> or <c>client_credentials</c>; null: there is none.</param>
/// <param name="ChangedAt">When it was last put in or taken out; null: never.</param>
public sealed record CredentialStanding(bool Set, string? Kind, DateTimeOffset? ChangedAt)
{
    internal static CredentialStanding Of(CredentialKind? kind, DateTimeOffset? changedAt) =>
        new(kind is not null, kind is { } known ? CredentialWords.Of(known) : null, changedAt);
}
