using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Rollups;

/// <summary>What is kept alike of a server's closed hour, day or month.</summary>
internal sealed record Rollup
{
    public required ServerKey Server { get; init; }

    /// <summary>Which hour, day or month, counted from 1970-01-01.</summary>
    public required int At { get; init; }

    /// <summary>Of its last part.</summary>
    public required RetentionClass Retention { get; init; }

    /// <summary>How many minutes, hours or days it was computed from.</summary>
    public required int Parts { get; init; }

    public required StateWeights Weights { get; init; }

    /// <summary>First tries of all regions that could look.</summary>
    public required int Tries { get; init; }

    /// <summary>Those that were not live.</summary>
    public required int FailedTries { get; init; }

    /// <summary>Of the first tries that were live or degraded.</summary>
    public required LatencySketch Latency { get; init; }

    /// <summary>Adds up the parts of a day or a month, in any order; at least one. Pure, so that computing it again gives the same row.</summary>
    public static Rollup Sum(int at, IReadOnlyList<Rollup> parts)
    {
        var last = parts.MaxBy(part => part.At)!;
        var latency = new LatencySketch();
        foreach (var part in parts)
        {
            latency.Add(part.Latency);
        }

        return new Rollup
        {
            Server = last.Server,
            At = at,
            Retention = last.Retention,
            Parts = parts.Count,
            Weights = parts.Aggregate(default(StateWeights), (sum, part) => sum + part.Weights),
            Tries = parts.Sum(part => part.Tries),
            FailedTries = parts.Sum(part => part.FailedTries),
            Latency = latency,
        };
    }
}
