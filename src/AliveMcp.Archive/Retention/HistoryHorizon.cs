using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Archive.Retention;

/// <summary>
/// From when on a plan shows history. It hides at once: a tenant that moves to a shorter plan sees less in the same moment, and one that moves
/// to a longer plan sees again whatever is still kept. Whole UTC days, like bars; the open day comes on top of them.
/// </summary>
/// <param name="FirstMinute">The first minute that is shown; it begins a UTC day. Hours go with their minutes.</param>
/// <param name="FirstDay">The first UTC day of which a bar is shown, counted from 1970-01-01.</param>
internal readonly record struct HistoryHorizon(MinuteStamp FirstMinute, int FirstDay)
{
    /// <summary>The first hour that is shown, counted like minutes.</summary>
    public int FirstHour => FirstMinute.Hour;

    /// <summary>What a plan shows at a moment.</summary>
    public static HistoryHorizon Of(Plan plan, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new HistoryHorizon(
            MinuteStamp.Of(FirstDayOf(plan.MinuteHistory, today)),
            DayNumber(today) - plan.DayHistory
        );
    }

    /// <summary>
    /// The first UTC day whose minutes a class keeps. Months are calendar months: thirteen of them before the 29th of February end on
    /// the 29th of January a year earlier, and before the 31st of a month on the last day of a month that is shorter.
    /// </summary>
    public static DateOnly FirstDayOf(RetentionClass kept, DateOnly today) =>
        kept switch
        {
            RetentionClass.Days7 => today.AddDays(-7),
            RetentionClass.Days90 => today.AddDays(-90),
            RetentionClass.Months13 => today.AddMonths(-13),
            RetentionClass.Months25 => today.AddMonths(-25),
            _ => throw new ArgumentOutOfRangeException(nameof(kept), kept, "There is no such retention class."),
        };

    /// <summary>A UTC day as tables count it, from 1970-01-01.</summary>
    public static int DayNumber(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
