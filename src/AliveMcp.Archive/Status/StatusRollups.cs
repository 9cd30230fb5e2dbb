using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Status;

/// <summary>What the archive says of a server's past, as far as its status needs it.</summary>
internal sealed record StatusRollups
{
    /// <summary>24 closed hours and the open one.</summary>
    public StateWeights Last24h { get; init; }

    /// <summary>30 closed UTC days and the open one.</summary>
    public StateWeights Last30d { get; init; }

    /// <summary>Minutes of those 30 days in which the server was watched, up to the newest that must be sealed by now.</summary>
    public int Expected30d { get; init; }

    /// <summary>Minutes archived ahead of that: they must not make up for others that are missing.</summary>
    public StateWeights Early { get; init; }

    /// <summary>First tries of 24 closed hours and the open one.</summary>
    public LatencySketch Latency { get; init; } = new();

    /// <summary>A change of the contract, of more than its words, was declared of 24 closed hours and the open one.</summary>
    public bool HasDrifted { get; init; }

    /// <summary>The archived minutes of 24 closed hours and the open one, the oldest first.</summary>
    public IReadOnlyList<KeptMinute> Recent { get; init; } = [];

    /// <summary>The first minute for which <see cref="Recent"/> would hold a row.</summary>
    public MinuteStamp RecentFrom { get; init; }

    /// <summary>When watching first began; null when nobody told.</summary>
    public MinuteStamp? WatchedFrom { get; init; }
}
