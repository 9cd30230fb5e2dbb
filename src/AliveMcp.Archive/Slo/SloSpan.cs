using AliveMcp.Archive.Hours;
using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Slo;

/// <summary>The window of an objective at a moment, in whole UTC days, the open day last.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The open day.</param>
/// <param name="MinutesAhead">Minutes of the window that need not be sealed yet: what a calendar month still has to come, none of a rolling window.</param>
internal readonly record struct SloSpan(DateOnly From, DateOnly To, int MinutesAhead)
{
    private const int RollingDays = 30;

    public int Days => To.DayNumber - From.DayNumber + 1;

    public static SloSpan Of(ObjectiveWindow window, DateTimeOffset now)
    {
        var today = MinuteStamp.Of(now).Day;
        if (window == ObjectiveWindow.Rolling30Days)
        {
            return new SloSpan(today.AddDays(-RollingDays), today, 0);
        }

        var first = new DateOnly(today.Year, today.Month, 1);
        var end = MinuteStamp.Of(first.AddMonths(1));
        return new SloSpan(first, today, Math.Max(0, end - (HourClock.NewestSealed(now) + 1)));
    }
}
