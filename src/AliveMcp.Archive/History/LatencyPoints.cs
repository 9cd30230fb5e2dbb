using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Archive.History;

/// <summary>Makes the points of a latency series of what was read. Pure.</summary>
internal static class LatencyPoints
{
    public const int Most = 800;

    /// <param name="rows">What <see cref="LatencySql"/> gave.</param>
    /// <param name="from">The first hour.</param>
    /// <param name="to">The first hour after the last.</param>
    /// <param name="hours">Of one point.</param>
    public static IReadOnlyList<LatencyPoint> Of(IEnumerable<LatencyRow> rows, int from, int to, int hours)
    {
        var byPoint = rows.ToLookup(row => (row.At - from) / hours);
        return
        [
            .. Enumerable
                .Range(0, (to - from) / hours)
                .Select(point => Point(from + (point * hours), [.. byPoint[point]])),
        ];
    }

    private static LatencyPoint Point(int hour, List<LatencyRow> rows)
    {
        var open = rows.Select(row => row.Packed)
            .OfType<byte[]>()
            .Select(packed => VerdictCodec.Unpack(packed))
            .ToList();
        var sketch = HourRow.FirstTries(open);
        foreach (var row in rows.Where(row => row.Packed is null))
        {
            sketch.Add(LatencySketch.Unpack(row.Latency));
        }

        var looked = open.SelectMany(verdict => verdict.Entries)
            .Where(entry => entry.State != ServerState.Unknown)
            .ToList();
        return new LatencyPoint(new MinuteStamp(hour * 60).Start, sketch.Percentile(0.5), sketch.Percentile(0.95))
        {
            P99Ms = sketch.Percentile(0.99),
            Tries = rows.Sum(row => row.Tries) + looked.Count,
            FailedTries = rows.Sum(row => row.FailedTries) + looked.Count(entry => entry.FirstTryFailed),
            Regions =
            [
                .. rows.Where(row => row.Regions is not null)
                    .SelectMany(row => RegionHour.Unpack(row.Regions))
                    .Concat(RegionHour.Of(open))
                    .GroupBy(region => region.Region)
                    .OrderBy(region => region.Key.Name, StringComparer.Ordinal)
                    .Select(region => Of(region.Key, [.. region])),
            ],
        };
    }

    private static RegionLatency Of(Region region, List<RegionHour> hours)
    {
        var looks = hours.Sum(hour => hour.Timed);
        return new RegionLatency(region, looks, looks == 0 ? null : Mean(hours, looks));
    }

    private static PhaseTimes Mean(List<RegionHour> hours, int looks)
    {
        return new PhaseTimes
        {
            Resolve = Of(phases => phases.Resolve),
            Connect = Of(phases => phases.Connect),
            Tls = Of(phases => phases.Tls),
            Handshake = Of(phases => phases.Handshake),
            Tools = Of(phases => phases.Tools),
            TestCall = Of(phases => phases.TestCall),
            FirstByte = Of(phases => phases.FirstByte),
            Total = Of(phases => phases.Total),
        };

        int Of(Func<PhaseTimes, int> phase) => (int)(hours.Sum(hour => (long)phase(hour.Sum)) / looks);
    }
}

/// <summary>A row of <see cref="LatencySql"/>: a sketch that begins at an hour, or one packed verdict of an open hour.</summary>
internal sealed record LatencyRow(int At, int Tries, int FailedTries, byte[]? Latency, byte[]? Regions, byte[]? Packed);
