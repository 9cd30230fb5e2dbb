using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Status;

/// <summary>A server's past as it was read: the figures, and the newest archived verdicts for when Redis cannot tell them.</summary>
/// <param name="Rollups">The figures.</param>
/// <param name="Verdicts">Archived verdicts, the oldest first.</param>
internal sealed record ServerPast(StatusRollups Rollups, IReadOnlyList<VerdictMinute> Verdicts)
{
    /// <summary>Of a server that the archive has never heard of.</summary>
    public static ServerPast Empty { get; } = new(new StatusRollups(), []);

    public static ServerPast Of(IReadOnlyList<PastRow> rows, PastWindow window)
    {
        var verdicts = rows.Where(row => row.Kind == PastKind.Minute)
            .OrderBy(row => row.At)
            .Select(row => VerdictCodec.Unpack(row.Packed))
            .ToList();
        var open = verdicts.FindAll(verdict => verdict.Minute.Hour > window.PackedHour);
        var hours = rows.Where(row => row.Kind == PastKind.Hour).OrderBy(row => row.At).ToList();
        var watched = rows.FirstOrDefault(row => row.Kind == PastKind.Watched);
        var openWeights = open.ConvertAll(KeptMinute.Of);
        var recentHours = hours.FindAll(hour => hour.At >= window.Hour24);
        var recentOpen = open.FindAll(verdict => verdict.Minute.Hour >= window.Hour24);

        var rollups = new StatusRollups
        {
            Last24h = Sum(recentHours) + StateWeights.Of(recentOpen.Select(KeptMinute.Of)),
            Last30d =
                Sum(rows.Where(row => row.Kind == PastKind.Days))
                + Sum(hours.Where(hour => hour.At / 24 > window.PackedDay))
                + StateWeights.Of(openWeights),
            Expected30d = watched?.A ?? 0,
            Early = StateWeights.Of(openWeights.Select(minute => minute.Beyond(window.Until))),
            Latency = Latency(recentHours, recentOpen),
            HasDrifted = rows.Any(row => row.Kind == PastKind.Drift),
            Recent =
            [
                .. recentHours.SelectMany(hour => KeptMinutes.Unpack(hour.Packed, hour.At)),
                .. recentOpen.Select(KeptMinute.Of),
            ],
            RecentFrom = new MinuteStamp(window.Hour24 * 60),
            WatchedFrom = watched is null ? null : new MinuteStamp(watched.At),
        };
        return new ServerPast(rollups, verdicts);
    }

    /// <summary>What is at hand, or what the archive knows better: after Redis was lost it is the archive that remembers.</summary>
    public Hot Complete(Hot hot)
    {
        if (Verdicts.Count == 0 || hot.Last?.Minute >= Verdicts[^1].Minute)
        {
            return hot;
        }

        var newest = Verdicts
            .Concat(new[] { hot.Previous, hot.Last, hot.LastKnown }.OfType<VerdictMinute>())
            .DistinctBy(verdict => verdict.Minute)
            .OrderByDescending(verdict => verdict.Minute)
            .ToList();
        return new Hot(
            newest[0],
            newest.ElementAtOrDefault(1),
            newest.Find(verdict => verdict.State != ServerState.Unknown)
        );
    }

    private static StateWeights Sum(IEnumerable<PastRow> rows) =>
        rows.Aggregate(default(StateWeights), (sum, row) => sum + new StateWeights(row.A, row.B, row.C, row.D, row.E));

    private static LatencySketch Latency(List<PastRow> hours, List<VerdictMinute> open)
    {
        var sketch = HourRow.FirstTries(open);
        foreach (var hour in hours)
        {
            sketch.Add(LatencySketch.Unpack(hour.Latency));
        }

        return sketch;
    }
}
