using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>Makes bars of what was seen and what was expected. Pure.</summary>
internal static class DayBars
{
    /// <summary>A state of so many minutes in all colours its day.</summary>
    private const int Colours = 5;

    /// <param name="rows">What was read.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="until">The first minute that need not be sealed yet.</param>
    public static IReadOnlyList<DayBar> Of(IReadOnlyList<Row> rows, int from, int to, int until)
    {
        var seen = rows.Where(row => row.Kind == 0).ToLookup(row => row.At);
        var periods = rows.Where(row => row.Kind == 1).ToList();
        return
        [
            .. Enumerable
                .Range(from, to - from + 1)
                .Select(day =>
                    Of(
                        day,
                        seen[day].Aggregate(default(StateWeights), (sum, row) => sum + row.Weights),
                        periods.Sum(period => Overlap(period, day, until)) + seen[day].Sum(row => row.Early)
                    )
                ),
        ];
    }

    /// <summary>The worst state of at least five minutes in all; of a day without one, the state with the largest share; of a day without knowledge, none.</summary>
    public static ServerState? Shown(StateWeights weights, int unknown)
    {
        if (weights.Counted == 0)
        {
            return null;
        }

        (ServerState State, int Minutes)[] worstFirst =
        [
            (ServerState.Down, weights.Down),
            (ServerState.Degraded, weights.Degraded),
            (ServerState.Live, weights.Live),
            (ServerState.Unknown, unknown),
        ];
        var known = worstFirst.AsSpan(0, 3);
        foreach (var (state, minutes) in known)
        {
            if (minutes >= Colours)
            {
                return state;
            }
        }

        return worstFirst.MaxBy(one => one.Minutes).State;
    }

    private static DayBar Of(int day, StateWeights weights, int expected)
    {
        var unknown = Math.Max(weights.Unknown, expected - weights.Seen);
        return new DayBar
        {
            Day = DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day),
            LiveMinutes = weights.Live,
            DegradedMinutes = weights.Degraded,
            DownMinutes = weights.Down,
            UnknownMinutes = unknown,
            MaintenanceMinutes = weights.Maintenance,
            Uptime = weights.Uptime,
            Coverage = StateWeights.Percent(weights.Counted, weights.Counted + unknown),
            Shown = Shown(weights, unknown),
        };
    }

    private static int Overlap(Row period, int day, int until) =>
        Math.Max(0, Math.Min(period.PeriodEnd, Math.Min(until, (day + 1) * 1440)) - Math.Max(period.At, day * 1440));

    /// <summary>A row of <see cref="HistorySql.Days"/>.</summary>
    internal sealed record Row(
        int Kind,
        int At,
        int Live,
        int Degraded,
        int Down,
        int Unknown,
        int Maintenance,
        int Early
    )
    {
        public StateWeights Weights => new(Live, Degraded, Down, Unknown, Maintenance);

        /// <summary>Of a period, the column means its end.</summary>
        public int PeriodEnd => Live;
    }
}
