using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Archive.History;

/// <summary>How fast the first tries of one UTC hour or day were, over all regions.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="P50Ms">Median, whole milliseconds, error at most 7 %; null without a try.</param>
/// <param name="P95Ms">95th percentile, likewise.</param>
public sealed record LatencyPoint(DateTimeOffset From, int? P50Ms, int? P95Ms)
{
    /// <summary>99th percentile, likewise.</summary>
    public int? P99Ms { get; init; }

    /// <summary>First tries of all regions that could look.</summary>
    public int Tries { get; init; }

    /// <summary>Those that were not live.</summary>
    public int FailedTries { get; init; }

    /// <summary>By region, in the order of their names; empty where only days are kept.</summary>
    public IReadOnlyList<RegionLatency> Regions { get; init; } = [];
}

/// <summary>Where the time of one region's looks went.</summary>
/// <param name="Region">Where the prober stands.</param>
/// <param name="Looks">How many looks the times are the mean of.</param>
/// <param name="Mean">Mean of each phase, microseconds; null without a look that came through.</param>
public sealed record RegionLatency(Region Region, int Looks, PhaseTimes? Mean);

/// <summary>Points of a series.</summary>
public enum LatencyStep
{
    /// <summary>UTC hours.</summary>
    Hour,

    /// <summary>UTC days.</summary>
    Day,
}
