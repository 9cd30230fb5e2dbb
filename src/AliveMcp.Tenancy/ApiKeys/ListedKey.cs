namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>A key as its tenant may read it: everything but the token.</summary>
internal sealed record ListedKey
{
    public required int Id { get; init; }

    /// <summary>The owner's words: escape them where they are shown.</summary>
    public required string Name { get; init; }

    /// <summary>How the token begins; enough to tell which one it is, and good for nothing.</summary>
    public required string Prefix { get; init; }

    /// <summary><c>read</c>, <c>write</c> or <c>admin</c>; each includes those before it.</summary>
    public required string Scope { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Left out: it does not end by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute; left out: never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public static ListedKey Of(ApiKey key) =>
        new()
        {
            Id = key.ApiKeyId,
            Name = key.Name,
            Prefix = ApiKeyToken.Mark + key.Prefix,
            Scope = ApiKeyScopes.Widest(key.Scopes),
            CreatedAt = key.CreatedAt,
            ExpiresAt = key.ExpiresAt,
            LastUsedAt = key.LastUsedAt,
            RevokedAt = key.RevokedAt,
        };
}

/// <summary>A key as it is told once, to whoever made it.</summary>
/// <param name="Key">What can be read of it from then on.</param>
/// <param name="Token">Secret, and kept by nobody but its owner.</param>
internal sealed record IssuedKey(ListedKey Key, string Token);

/// <summary>One page; <c>next</c> goes into <c>after</c> of the next request and is left out on the last page.</summary>
internal sealed record KeyPage(IReadOnlyList<ListedKey> Keys, int? Next);

/// <summary>For the API's description: what a new key is made of.</summary>
/// <param name="Name">1 to 120 visible characters.</param>
/// <param name="Scope"><c>read</c> (unless told), <c>write</c> or <c>admin</c>.</param>
/// <param name="ExpiresAt">RFC 3339; never unless told.</param>
internal sealed record KeyWish(string Name, string? Scope = null, DateTimeOffset? ExpiresAt = null);
