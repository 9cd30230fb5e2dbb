using System.Collections.Immutable;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Memory;

/// <summary>What probes found out about a server and the next ones build on. Good for one URL: another one starts anew.</summary>
internal sealed record ServerMemory
{
    public required ServerKey Server { get; init; }

    public required string Url { get; init; }

    public Era Era { get; init; }

    /// <summary>When the era was last found out rather than remembered.</summary>
    public DateTimeOffset? EraTestedAt { get; init; }

    public McpTransport Transport { get; init; }

    /// <summary>When the era that probes do not come in by answered last; null: it never did.</summary>
    public DateTimeOffset? OtherLegAt { get; init; }

    public bool IssuesSessions { get; init; }

    public bool DeleteRefused { get; init; }

    /// <summary>No look is planned before this; null: the server did not ask us to wait since it last answered.</summary>
    public DateTimeOffset? BackoffUntil { get; init; }

    /// <summary>When an unclaimed listing's origin was last asked whether we may watch; null: never.</summary>
    public DateTimeOffset? OwnerAskedAt { get; init; }

    /// <summary>How long we last waited, in minutes; 0 without a <see cref="BackoffUntil"/>.</summary>
    public int BackoffMinutes { get; init; }

    /// <summary>The first confirmed answer at the door; unknown until there is one.</summary>
    public Access ExpectedAccess { get; init; }

    public string? ContractHash { get; init; }

    public string? FullHash { get; init; }

    public int? ToolCount { get; init; }

    public int? ListBytes { get; init; }

    /// <summary>Requests of one ordinary look; null until one was whole.</summary>
    public int? LookRequests { get; init; }

    /// <summary>Bytes that one ordinary look received, to within an eighth.</summary>
    public long? LookBytes { get; init; }

    public string? ProtocolVersion { get; init; }

    public string? ServerName { get; init; }

    public string? ServerVersion { get; init; }

    /// <summary>Its certificate and its networks.</summary>
    public ServerReach Reach { get; init; } = ServerReach.None;

    public ImmutableDictionary<string, RegionMemory> Regions { get; init; } =
        ImmutableDictionary<string, RegionMemory>.Empty;

    public static ServerMemory Of(ServerKey server, string url) => new() { Server = server, Url = url };
}

/// <summary>What one region saw last.</summary>
/// <param name="Why">The last reason; none after a live entry.</param>
/// <param name="EvidenceAt">When evidence was last kept.</param>
/// <param name="FullHash">The list it saw last: edge caches diverge, and a region that brought its list need not bring it again.</param>
internal sealed record RegionMemory(Why Why, DateTimeOffset? EvidenceAt, string? FullHash)
{
    public static RegionMemory Empty { get; } = new(Why.None, null, null);
}
