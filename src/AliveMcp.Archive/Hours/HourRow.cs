using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Hours;

/// <summary>A closed hour of one server: a pure function of its minutes, so that computing it again gives the same row.</summary>
internal sealed record HourRow
{
    public required ServerKey Server { get; init; }

    public required int Hour { get; init; }

    /// <summary>Of the hour's last minute.</summary>
    public required RetentionClass Retention { get; init; }

    public required IReadOnlyList<KeptMinute> Minutes { get; init; }

    public required StateWeights Weights { get; init; }

    /// <summary>First tries of all regions that could look.</summary>
    public required int Tries { get; init; }

    /// <summary>Those that were not live.</summary>
    public required int FailedTries { get; init; }

    /// <summary>Of the first tries that were live or degraded.</summary>
    public required LatencySketch Latency { get; init; }

    public required IReadOnlyList<RegionHour> Regions { get; init; }

    public required IReadOnlyList<ulong> Marks { get; init; }

    /// <summary>Closes an hour over its minutes, in any order; at least one.</summary>
    public static HourRow Of(IEnumerable<VerdictMinute> minutes)
    {
        var verdicts = minutes.OrderBy(verdict => verdict.Minute).ToList();
        var kept = verdicts.ConvertAll(KeptMinute.Of);
        var looked = verdicts
            .SelectMany(verdict => verdict.Entries)
            .Where(entry => entry.State != ServerState.Unknown)
            .ToList();
        var last = verdicts[^1];
        return new HourRow
        {
            Server = last.Server,
            Hour = last.Minute.Hour,
            Retention = last.Plan.Retention,
            Minutes = kept,
            Weights = StateWeights.Of(kept),
            Tries = looked.Count,
            FailedTries = looked.Count(entry => entry.FirstTryFailed),
            Latency = FirstTries(verdicts),
            Regions = RegionHour.Of(verdicts),
            Marks = ContractMarks.Settled(verdicts),
        };
    }

    /// <summary>The sketch of the first tries of minutes.</summary>
    public static LatencySketch FirstTries(IEnumerable<VerdictMinute> verdicts)
    {
        var sketch = new LatencySketch();
        foreach (var total in verdicts.SelectMany(verdict => verdict.Entries).Select(entry => entry.FirstTryTotal))
        {
            if (total is { } micros)
            {
                sketch.Add(micros);
            }
        }

        return sketch;
    }
}
