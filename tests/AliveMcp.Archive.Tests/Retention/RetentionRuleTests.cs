using AliveMcp.Archive.Retention;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Tests.Retention;

public sealed class RetentionRuleTests
{
    [Theory]
    // The last day of October 2026 is shown by 7 days until the 7th of November, and stays for 30 days more.
    [InlineData(RetentionClass.Days7, "2026-11-01", "2026-12-07", false)]
    [InlineData(RetentionClass.Days7, "2026-11-01", "2026-12-08", true)]
    [InlineData(RetentionClass.Days90, "2026-11-01", "2027-02-28", false)]
    [InlineData(RetentionClass.Days90, "2026-11-01", "2027-03-01", true)]
    // 13 months before the 31st of December lie at the 30th of November; grace reaches back to the 31st of October.
    [InlineData(RetentionClass.Months13, "2026-11-01", "2027-12-30", false)]
    [InlineData(RetentionClass.Months13, "2026-11-01", "2028-01-01", true)]
    [InlineData(RetentionClass.Months25, "2026-11-01", "2028-12-31", false)]
    [InlineData(RetentionClass.Months25, "2026-11-01", "2029-01-01", true)]
    // February of a leap year ends a day later.
    [InlineData(RetentionClass.Days7, "2028-03-01", "2028-04-06", false)]
    [InlineData(RetentionClass.Days7, "2028-03-01", "2028-04-07", true)]
    public void A_month_of_minutes_is_over_when_its_last_day_is(
        RetentionClass kept,
        string until,
        string today,
        bool isOver
    )
    {
        var month = Partition(HistoryGrain.Hour, kept, Day(until));

        Assert.Equal(isOver, RetentionRule.Over([month], Kept(), Day(today)).Count == 1);
    }

    [Theory]
    [InlineData("2027-05-01", false)]
    [InlineData("2027-05-02", true)]
    public void A_year_of_days_stays_for_the_longest_plan_or_promise_of_its_class(string today, bool isOver)
    {
        var year = Partition(HistoryGrain.Day, RetentionClass.Days7, new DateOnly(2027, 1, 1));
        var promised = new HistoryPromise(new TenantId(7), "public", RetentionClass.Days7, 91);

        var over = RetentionRule.Over([year], Kept(promised), Day(today));

        Assert.Equal(isOver, over.Count == 1);
    }

    [Fact]
    public void Days_of_a_class_that_no_plan_has_any_more_stay_as_long_as_any()
    {
        var year = Partition(HistoryGrain.Day, RetentionClass.Months25, new DateOnly(2024, 1, 1));

        Assert.Empty(RetentionRule.Over([year], Kept(), new DateOnly(2026, 2, 28)));
    }

    [Fact]
    public void Minutes_that_changed_class_in_the_middle_of_a_month_go_each_by_its_own()
    {
        HistoryPartition[] october =
        [
            Partition(HistoryGrain.Hour, RetentionClass.Months13, new DateOnly(2026, 11, 1)),
            Partition(HistoryGrain.Hour, RetentionClass.Days7, new DateOnly(2026, 11, 1)),
        ];

        var over = RetentionRule.Over(october, Kept(), new DateOnly(2026, 12, 31));

        Assert.Equal(RetentionClass.Days7, Assert.Single(over).Class);
    }

    [Fact]
    public void Nothing_that_a_plan_of_its_class_shows_is_ever_over()
    {
        foreach (var today in Enumerable.Range(0, 1_500).Select(new DateOnly(2027, 1, 1).AddDays))
        {
            foreach (var kept in Enum.GetValues<RetentionClass>())
            {
                var shown = HistoryHorizon.FirstDayOf(kept, today);
                var holdsShown = Partition(HistoryGrain.Hour, kept, shown.AddDays(1));

                Assert.Empty(RetentionRule.Over([holdsShown], Kept(), today));
            }
        }
    }

    private static KeptDays Kept(params HistoryPromise[] promises) =>
        new(
            [
                PromiseRuleTests.Plan("public", RetentionClass.Days7, 90),
                PromiseRuleTests.Plan("author", RetentionClass.Days90, 396),
                PromiseRuleTests.Plan("team", RetentionClass.Months13, 761),
            ],
            promises
        );

    private static HistoryPartition Partition(HistoryGrain grain, RetentionClass kept, DateOnly until) =>
        new(grain, kept, $"{grain}_{kept}", until, 0);

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
