using System.Globalization;
using AliveMcp.Archive.Retention;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Archive.Tests.Retention;

public sealed class HistoryHorizonTests
{
    [Theory]
    [InlineData(RetentionClass.Days7, "2026-11-21T12:30:40Z", "2026-11-14T00:00Z")]
    [InlineData(RetentionClass.Days90, "2026-11-21T12:30:40Z", "2026-08-23T00:00Z")]
    [InlineData(RetentionClass.Months13, "2026-11-21T12:30:40Z", "2025-10-21T00:00Z")]
    [InlineData(RetentionClass.Months25, "2026-11-21T12:30:40Z", "2024-10-21T00:00Z")]
    [InlineData(RetentionClass.Days7, "2028-03-01T00:00:00Z", "2028-02-23T00:00Z")]
    [InlineData(RetentionClass.Months13, "2029-03-31T23:59:59Z", "2028-02-29T00:00Z")]
    [InlineData(RetentionClass.Months13, "2027-03-31T23:59:59Z", "2026-02-28T00:00Z")]
    [InlineData(RetentionClass.Months13, "2028-02-29T00:00:00Z", "2027-01-29T00:00Z")]
    [InlineData(RetentionClass.Months25, "2028-02-29T00:00:00Z", "2026-01-29T00:00Z")]
    [InlineData(RetentionClass.Months13, "2027-01-01T00:00:00Z", "2025-12-01T00:00Z")]
    public void Minutes_are_shown_from_the_first_minute_of_a_utc_day(RetentionClass kept, string now, string first)
    {
        Assert.Equal(first, HistoryHorizon.Of(Plan(kept, 90), At(now)).FirstMinute.ToString());
    }

    [Fact]
    public void Days_are_shown_as_many_as_the_plan_says_and_the_open_one()
    {
        var horizon = HistoryHorizon.Of(Plan(RetentionClass.Days7, 90), At("2026-11-21T23:59:59Z"));

        Assert.Equal(HistoryHorizon.DayNumber(new DateOnly(2026, 8, 23)), horizon.FirstDay);
    }

    [Fact]
    public void Hours_go_with_their_minutes()
    {
        var horizon = HistoryHorizon.Of(Plan(RetentionClass.Days7, 90), At("2026-11-21T12:30:40Z"));

        Assert.Equal(horizon.FirstMinute.Value, horizon.FirstHour * 60);
    }

    [Fact]
    public void A_longer_class_never_shows_less_and_time_never_shows_an_older_day_again()
    {
        var first = new DateOnly(2023, 12, 1);
        foreach (var today in Enumerable.Range(0, 2_000).Select(first.AddDays))
        {
            var shown = Enum.GetValues<RetentionClass>()
                .Select(kept => HistoryHorizon.FirstDayOf(kept, today))
                .ToList();

            Assert.Equal(shown.OrderDescending(), shown);
            Assert.All(
                Enum.GetValues<RetentionClass>(),
                kept =>
                    Assert.True(
                        HistoryHorizon.FirstDayOf(kept, today) <= HistoryHorizon.FirstDayOf(kept, today.AddDays(1))
                    )
            );
        }
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    private static Plan Plan(RetentionClass minutes, int days) =>
        new()
        {
            Name = "author",
            CadenceFloor = 1,
            MinuteHistory = minutes,
            DayHistory = days,
        };
}
