using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Rollups;

/// <summary>Minutes by what they count as. Maintenance is one of its own, whatever was seen in it.</summary>
internal readonly record struct StateWeights(int Live, int Degraded, int Down, int Unknown, int Maintenance)
{
    /// <summary>Minutes that count for uptime.</summary>
    public int Counted => Live + Degraded + Down;

    /// <summary>Minutes of which something is known, or that were left out on purpose.</summary>
    public int Seen => Counted + Maintenance;

    /// <summary>
    /// (live + degraded) / (live + degraded + down), percent with two decimals, rounded down: 100.00 only without a down minute.
    /// Unknown and planned maintenance are left out. Null when no minute counts.
    /// </summary>
    public decimal? Uptime => Percent(Live + Degraded, Counted);

    public static StateWeights operator +(StateWeights left, StateWeights right) =>
        new(
            left.Live + right.Live,
            left.Degraded + right.Degraded,
            left.Down + right.Down,
            left.Unknown + right.Unknown,
            left.Maintenance + right.Maintenance
        );

    public static StateWeights Of(KeptMinute minute) =>
        (minute.Maintenance, minute.State) switch
        {
            (true, _) => default(StateWeights) with { Maintenance = minute.Weight },
            (_, ServerState.Live) => default(StateWeights) with { Live = minute.Weight },
            (_, ServerState.Degraded) => default(StateWeights) with { Degraded = minute.Weight },
            (_, ServerState.Down) => default(StateWeights) with { Down = minute.Weight },
            _ => default(StateWeights) with { Unknown = minute.Weight },
        };

    public static StateWeights Of(IEnumerable<KeptMinute> minutes) =>
        minutes.Aggregate(default(StateWeights), (sum, minute) => sum + Of(minute));

    /// <summary>A share in percent, two decimals, rounded down; null when there is nothing to have a share of.</summary>
    public static decimal? Percent(long part, long whole) =>
        whole <= 0 ? null : Math.Min(part, whole) * 10_000L / whole / 100m;
}
