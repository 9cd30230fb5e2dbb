using AliveMcp.Archive.Slo;
using AliveMcp.Servers.Objectives;

namespace AliveMcp.Archive.Tests.Slo;

public sealed class SloSpanTests
{
    [Fact]
    public void Rolling_is_thirty_closed_days_and_the_open_one()
    {
        var span = SloSpan.Of(ObjectiveWindow.Rolling30Days, At(2028, 3, 1, 0, 0));

        Assert.Equal(new DateOnly(2028, 1, 31), span.From);
        Assert.Equal(new DateOnly(2028, 3, 1), span.To);
        Assert.Equal(31, span.Days);
        Assert.Equal(0, span.MinutesAhead);
    }

    [Theory]
    [InlineData(2028, 2, 1, 29 * 1440)]
    [InlineData(2027, 2, 1, 28 * 1440)]
    [InlineData(2028, 2, 29, 1440)]
    [InlineData(2028, 12, 31, 1440)]
    public void Of_a_calendar_month_what_is_to_come_is_known(int year, int month, int day, int ahead)
    {
        // Midnight of that day must be sealed 95 s later, and then not count as ahead any more.
        var span = SloSpan.Of(ObjectiveWindow.CalendarMonth, At(year, month, day, 0, 0).AddSeconds(94));

        Assert.Equal(new DateOnly(year, month, 1), span.From);
        Assert.Equal(new DateOnly(year, month, day), span.To);
        Assert.Equal(ahead, span.MinutesAhead);
        Assert.Equal(
            ahead - 1,
            SloSpan.Of(ObjectiveWindow.CalendarMonth, At(year, month, day, 0, 1).AddSeconds(35)).MinutesAhead
        );
    }

    [Theory]
    [InlineData("2028-02", true)]
    [InlineData("2028-13", false)]
    [InlineData("2028-2", false)]
    [InlineData("2028-02-01", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_month_is_read_by_year_and_month(string? text, bool isMonth) =>
        Assert.Equal(isMonth, SlaMonth.TryParse(text, out _));

    [Fact]
    public void A_leap_february_has_29_days_and_is_over_when_its_last_minute_is_sealed()
    {
        Assert.True(SlaMonth.TryParse("2028-02", out var month));

        Assert.Equal(29 * 1440, month.End - month.Start);
        Assert.Equal(29, month.Last.Day);
        Assert.False(month.IsOver(At(2028, 3, 1, 0, 0).AddSeconds(34)));
        Assert.True(month.IsOver(At(2028, 3, 1, 0, 0).AddSeconds(35)));
    }

    private static DateTimeOffset At(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
