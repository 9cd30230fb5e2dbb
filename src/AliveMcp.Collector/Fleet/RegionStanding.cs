using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Fleet;

/// <summary>A region as an operator sees it.</summary>
public sealed record RegionStanding
{
    /// <summary>Its name.</summary>
    public required Region Region { get; init; }

    /// <summary>Where it is, for people.</summary>
    public required string City { get; init; }

    /// <summary>Whose servers alone are looked at from there; null: everybody's.</summary>
    public required TenantId? Tenant { get; init; }

    /// <summary>Its tokens, the newest first; never the tokens themselves.</summary>
    public required IReadOnlyList<TokenStanding> Tokens { get; init; }

    /// <summary>Names of the probers that asked for work within the last 60 s.</summary>
    public required IReadOnlyList<string> Probers { get; init; }

    /// <summary>Until when its failures are not believed, because others see those servers live; 1970: they are believed.</summary>
    public required DateTimeOffset DoubtedUntil { get; init; }
}

/// <summary>One token of a region.</summary>
/// <param name="Added">When it was given.</param>
/// <param name="FirstUsed">When a prober first came with it; null: not yet.</param>
/// <param name="LastUsed">When one last did, to within a minute.</param>
public readonly record struct TokenStanding(DateTimeOffset Added, DateTimeOffset? FirstUsed, DateTimeOffset? LastUsed);
