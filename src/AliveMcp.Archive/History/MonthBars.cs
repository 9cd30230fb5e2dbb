using AliveMcp.Archive.Rollups;

namespace AliveMcp.Archive.History;

/// <summary>Adds days up to months. Pure: the months of a page are the sums of its days, to the minute.</summary>
public static class MonthBars
{
    /// <summary>The months that the days reach, the oldest first. A month whose beginning lies before the first day is that part of it.</summary>
    /// <param name="days">Day bars in any order.</param>
    public static IReadOnlyList<MonthBar> Of(IEnumerable<DayBar> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        return
        [
            .. days.GroupBy(day => new DateOnly(day.Day.Year, day.Day.Month, 1)).Select(Of).OrderBy(bar => bar.Month),
        ];
    }

    private static MonthBar Of(IGrouping<DateOnly, DayBar> month)
    {
        var sum = month
            .Select(day => new StateWeights(
                day.LiveMinutes,
                day.DegradedMinutes,
                day.DownMinutes,
                day.UnknownMinutes,
                day.MaintenanceMinutes
            ))
            .Aggregate(default(StateWeights), (all, day) => all + day);
        return new MonthBar
        {
            Month = month.Key,
            DegradedMinutes = sum.Degraded,
            DownMinutes = sum.Down,
            MaintenanceMinutes = sum.Maintenance,
            Uptime = sum.Uptime,
            Coverage = StateWeights.Percent(sum.Counted, sum.Counted + sum.Unknown),
        };
    }
}
