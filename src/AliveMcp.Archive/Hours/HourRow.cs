using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Hours;

/// <summary>A closed hour of one server: a pure function of its minutes, so that computing it again gives the same row.</summary>
/// <param name="Rollup">What days and months keep as well.</param>
/// <param name="Minutes">Its minutes, in their order.</param>
/// <param name="Regions">What each region saw.</param>
internal sealed record HourRow(Rollup Rollup, IReadOnlyList<KeptMinute> Minutes, IReadOnlyList<RegionHour> Regions)
{
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
        var rollup = new Rollup
        {
            Server = last.Server,
            At = last.Minute.Hour,
            Retention = last.Plan.Retention,
            Parts = kept.Count,
            Weights = StateWeights.Of(kept),
            Tries = looked.Count,
            FailedTries = looked.Count(entry => entry.FirstTryFailed),
            Latency = FirstTries(verdicts),
        };
        return new HourRow(rollup, kept, RegionHour.Of(verdicts));
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

    /// <summary>The row as it is stored.</summary>
    /// <exception cref="FormatException">What was packed does not unpack to what went in.</exception>
    public PackedRollup Pack()
    {
        var minutes = KeptMinutes.Pack(Minutes);
        var regions = RegionHour.Pack(Regions);
        return
            KeptMinutes.Unpack(minutes, Rollup.At).SequenceEqual(Minutes)
            && RegionHour.Unpack(regions).SequenceEqual(Regions)
            ? PackedRollup.Of(Rollup, minutes, regions)
            : throw new FormatException("The packed hour does not unpack to its minutes.");
    }
}
