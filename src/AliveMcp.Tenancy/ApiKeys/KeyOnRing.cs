namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>A good key as its tenant sees it on a page: never its token.</summary>
/// <param name="ApiKeyId">Its number.</param>
/// <param name="Prefix">How its token begins; not secret.</param>
/// <param name="Name">What it is for, made safe to show.</param>
/// <param name="Scope">The widest of its scopes.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="ExpiresAt">Null: never.</param>
/// <param name="LastUsedAt">To the minute; null: never.</param>
public sealed record KeyOnRing(
    int ApiKeyId,
    string Prefix,
    string Name,
    string Scope,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt
);
