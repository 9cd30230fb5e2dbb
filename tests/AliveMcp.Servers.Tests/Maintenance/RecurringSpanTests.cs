using AliveMcp.Servers.Maintenance;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Tests.Maintenance;

/// <summary>Windows that come again by the clocks of a zone, across both changes of them.</summary>
public sealed class RecurringSpanTests
{
    [Theory]
    [InlineData("Europe/Zurich")]
    [InlineData("America/New_York")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Pacific/Auckland")]
    [InlineData("Africa/Casablanca")]
    [InlineData("UTC")]
    public void Every_day_has_one_window_at_its_time_and_of_its_length(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var time = new TimeOnly(random.Next(24), random.Next(60));
            var local = new DateTime(2026, 1, 1).Add(time.ToTimeSpan());
            var from = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            var length = TimeSpan.FromMinutes(random.Next(1, 600));
            var span = new RecurringSpan(from, from + length, Recurrence.Read("FREQ=DAILY", out _)!, zone);
            var leftOut = 0;
            for (var day = new DateOnly(2026, 1, 1); day < new DateOnly(2027, 1, 1); day = day.AddDays(1))
            {
                var begins = span.BeginsOn(day)!.Value;
                var wanted = day.ToDateTime(time);
                var shown = TimeZoneInfo.ConvertTime(begins, zone).DateTime;

                // The same on the clocks, but on the one day in a year on which they leave it out.
                Assert.True(
                    shown == wanted || (leftOut++ == 0 && shown > wanted && shown <= wanted.AddHours(1)),
                    $"{name} {wanted:s} began at {shown:s}"
                );
                Assert.True(span.Holds(MinuteStamp.Of(begins)));
                Assert.True(span.Holds(MinuteStamp.Of(begins + length - TimeSpan.FromSeconds(1))));
            }
        }
    }

    [Fact]
    public void What_clocks_leave_out_is_an_hour_later_and_what_they_show_twice_is_the_first()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");
        var from = new DateTimeOffset(2026, 1, 4, 2, 30, 0, TimeSpan.FromHours(1));
        var span = new RecurringSpan(from, from.AddHours(1), Recurrence.Read("FREQ=WEEKLY;BYDAY=SU", out _)!, zone);

        Assert.Equal(
            new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero),
            span.BeginsOn(new DateOnly(2026, 3, 29))
        );
        Assert.Equal(
            new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero),
            span.BeginsOn(new DateOnly(2026, 10, 25))
        );
        Assert.False(span.Holds(Minute(2026, 3, 29, 1, 29)));
        Assert.True(span.Holds(Minute(2026, 3, 29, 1, 30)));
        Assert.False(span.Holds(Minute(2026, 3, 29, 2, 30)));
    }

    [Fact]
    public void A_window_over_midnight_holds_the_minutes_of_the_next_day()
    {
        var from = new DateTimeOffset(2026, 1, 4, 23, 0, 0, TimeSpan.Zero);
        var span = new MaintenanceSpan(from, from.AddHours(3), null) { Rule = "FREQ=WEEKLY;BYDAY=SU;COUNT=2" };

        Assert.True(span.Holds(Minute(2026, 1, 12, 1, 59)));
        Assert.False(span.Holds(Minute(2026, 1, 12, 2, 0)));
        Assert.False(span.Holds(Minute(2026, 1, 18, 23, 30)));
    }

    private static MinuteStamp Minute(int year, int month, int day, int hour, int minute) =>
        MinuteStamp.Of(new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero));
}
