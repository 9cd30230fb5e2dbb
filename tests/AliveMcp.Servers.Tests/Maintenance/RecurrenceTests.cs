using System.Globalization;
using AliveMcp.Servers.Maintenance;

namespace AliveMcp.Servers.Tests.Maintenance;

public sealed class RecurrenceTests
{
    private static readonly DateOnly First = new(2026, 1, 5);

    [Theory]
    // The fifth of January 2026 is a Monday. What comes are the first days of it.
    [InlineData("FREQ=DAILY", "01-05 01-06 01-07")]
    [InlineData("FREQ=DAILY;INTERVAL=3", "01-05 01-08 01-11")]
    [InlineData("FREQ=DAILY;BYDAY=SA,SU", "01-10 01-11 01-17")]
    [InlineData("FREQ=WEEKLY", "01-05 01-12 01-19")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU,TH", "01-06 01-08 01-13")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "01-05 01-11 01-19")]
    [InlineData("FREQ=MONTHLY", "01-05 02-05 03-05")]
    [InlineData("FREQ=MONTHLY;BYDAY=1SU", "02-01 03-01 04-05")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "01-30 02-27 03-27")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", "01-31 02-28 03-31")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31", "01-31 03-31 05-31")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1", "03-01 05-01 07-01")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "02-13 03-13 11-13")]
    [InlineData("FREQ=DAILY;COUNT=2", "01-05 01-06")]
    [InlineData("FREQ=DAILY;UNTIL=20260106", "01-05 01-06")]
    [InlineData("FREQ=DAILY;UNTIL=20260106T235959Z", "01-05 01-06")]
    public void A_rule_comes_on_its_days(string text, string days)
    {
        var rule = Recurrence.Read(text, out _)!;
        var last = rule.LastDay(First) ?? DateOnly.MaxValue;

        var found = Enumerable
            .Range(0, 400)
            .Select(First.AddDays)
            .Where(day => day <= last && rule.IsOn(First, day))
            .Take(3)
            .Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture));

        Assert.Equal(days, string.Join(' ', found));
    }

    [Theory]
    [InlineData("", "is not taken")]
    [InlineData("BYDAY=MO", "has no FREQ")]
    [InlineData("FREQ=YEARLY", "'FREQ=YEARLY' is not taken")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", "is not taken")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "'INTERVAL=0' is not taken")]
    [InlineData("FREQ=DAILY;COUNT=3;UNTIL=20270101", "write one of them")]
    [InlineData("FREQ=WEEKLY;BYDAY=1SU", "FREQ=MONTHLY alone")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1", "does not take")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX", "'BYDAY=XX' is not taken")]
    [InlineData("FREQ=DAILY;BYSETPOS=1", "'BYSETPOS=1' is not taken")]
    public void What_we_do_not_keep_to_is_refused(string text, string why)
    {
        Assert.Null(Recurrence.Read(text, out var told));
        Assert.Contains(why, told, StringComparison.Ordinal);
    }
}
