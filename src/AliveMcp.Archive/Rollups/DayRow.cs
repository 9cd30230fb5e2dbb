using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Rollups;

/// <summary>A closed UTC day of one server: a pure function of its closed hours.</summary>
internal sealed record DayRow
{
    public required ServerKey Server { get; init; }

    /// <summary>Counted from 1970-01-01.</summary>
    public required int Day { get; init; }

    /// <summary>Of the day's last hour.</summary>
    public required RetentionClass Retention { get; init; }

    public required int Hours { get; init; }

    public required StateWeights Weights { get; init; }

    public required int Tries { get; init; }

    public required int FailedTries { get; init; }

    public required LatencySketch Latency { get; init; }

    /// <summary>Closes a day over its hours, in any order; at least one.</summary>
    public static DayRow Of(IReadOnlyList<DayHour> hours)
    {
        var last = hours.MaxBy(hour => hour.Hour)!;
        var latency = new LatencySketch();
        foreach (var hour in hours)
        {
            latency.Add(LatencySketch.Unpack(hour.Latency));
        }

        return new DayRow
        {
            Server = new ServerKey(new TenantId(last.Tenant), new ServerId(last.Server)),
            Day = last.Hour / 24,
            Retention = (RetentionClass)last.Retention,
            Hours = hours.Count,
            Weights = hours.Aggregate(default(StateWeights), (sum, hour) => sum + hour.Weights),
            Tries = hours.Sum(hour => hour.Tries),
            FailedTries = hours.Sum(hour => hour.FailedTries),
            Latency = latency,
        };
    }
}

/// <summary>What a day takes from a closed hour.</summary>
internal sealed record DayHour(
    int Server,
    int Hour,
    int Tenant,
    short Retention,
    short Live,
    short Degraded,
    short Down,
    short Unknown,
    short Maintenance,
    int Tries,
    int FailedTries,
    byte[] Latency
)
{
    public StateWeights Weights => new(Live, Degraded, Down, Unknown, Maintenance);
}
