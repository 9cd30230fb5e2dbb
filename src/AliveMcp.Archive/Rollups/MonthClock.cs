namespace AliveMcp.Archive.Rollups;

/// <summary>UTC calendar months, counted from January 1970; days from 1970-01-01. The same as <c>archive.month_of</c>.</summary>
internal static class MonthClock
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>The month that holds a day.</summary>
    public static int Of(int day)
    {
        var date = Epoch.AddDays(day);
        return ((date.Year - Epoch.Year) * 12) + date.Month - 1;
    }

    /// <summary>The first day of a month.</summary>
    public static int FirstDay(int month) => Epoch.AddMonths(month).DayNumber - Epoch.DayNumber;
}
