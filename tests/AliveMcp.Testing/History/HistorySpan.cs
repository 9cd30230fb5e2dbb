using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>From where to where each grain is written.</summary>
internal sealed record HistorySpan(
    int FirstMonth,
    int ClosedMonth,
    int FirstDay,
    int ClosedDay,
    int FirstHour,
    int ClosedHour,
    MinuteStamp FirstMinute,
    MinuteStamp Until
)
{
    public static HistorySpan Of(HistoryShape shape, HistoryGrains grains)
    {
        var closedHour = HourClock.NewestClosable(shape.Now);
        var closedDay = ((closedHour + 1) / 24) - 1;
        var days = Math.Min(grains.Days ?? shape.Days, shape.Days);
        var hours = Math.Min(grains.HoursOfDays ?? shape.Days, shape.Days) * 24;
        var hot = Math.Min(grains.HotHours, shape.Days * 24) * 60;
        var firstDay = Math.Max(closedDay - days, shape.From.Value / 1440);
        return new HistorySpan(
            MonthClock.Of(firstDay),
            MonthClock.Of(closedDay + 1) - 1,
            firstDay,
            closedDay,
            Math.Max(closedHour - hours + 1, shape.From.Hour),
            closedHour,
            shape.Until - hot,
            shape.Until
        );
    }
}
