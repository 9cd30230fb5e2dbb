using AliveMcp.Alerting.Rules;

namespace AliveMcp.Alerting.Tests.Rules;

public sealed class QuietHoursTests
{
    private static readonly TimeZoneInfo[] Zones =
    [
        TimeZoneInfo.Utc,
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
        TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
        TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe"),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"),
    ];

    [Fact]
    public void A_night_ends_at_its_hour_on_the_wall()
    {
        var quiet = new QuietHours(new TimeOnly(22, 0), new TimeOnly(7, 0), Zones[1]);

        Assert.Equal(Utc(2026, 1, 2, 6), quiet.EndAt(Utc(2026, 1, 1, 23)));
        Assert.Equal(Utc(2026, 1, 2, 6), quiet.EndAt(Utc(2026, 1, 2, 5)));
        Assert.Null(quiet.EndAt(Utc(2026, 1, 2, 6)));
        Assert.Null(quiet.EndAt(Utc(2026, 1, 1, 12)));
    }

    [Fact]
    public void A_night_in_which_the_clock_changes_ends_at_its_hour_all_the_same()
    {
        var quiet = new QuietHours(new TimeOnly(22, 0), new TimeOnly(7, 0), Zones[1]);

        Assert.Equal(Utc(2026, 3, 29, 5), quiet.EndAt(Utc(2026, 3, 28, 23)));
        Assert.Equal(Utc(2026, 10, 25, 6), quiet.EndAt(Utc(2026, 10, 24, 23)));
    }

    [Fact]
    public void In_any_zone_at_any_time_quiet_ends_later_within_a_day_and_a_bit_and_is_not_quiet_then()
    {
        var dice = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var from = new TimeOnly(dice.Next(24), dice.Next(4) * 15);
            var to = from.AddMinutes(15 * (1 + dice.Next(95)));
            var quiet = new QuietHours(from, to, Zones[dice.Next(Zones.Length)]);
            var now = Utc(2026, 1, 1, 0).AddMinutes(dice.Next(525_600));

            if (quiet.EndAt(now) is not { } end)
            {
                continue;
            }

            Assert.InRange(end, now.AddSeconds(1), now.AddHours(26));
            // The hour that comes twice may be quiet a second time; never a third.
            var again = quiet.EndAt(end);
            Assert.True(
                again is null || (again - end <= TimeSpan.FromHours(1) && quiet.EndAt(again.Value) is null),
                $"{quiet} at {now}"
            );
        }
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour) =>
        new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}
