using AliveMcp.Archive.Slo;

namespace AliveMcp.Archive.Tests.Slo;

public sealed class BurnTests
{
    private static readonly BurnRule Hour = BurnRule.All[0];

    [Fact]
    public void The_rules_are_those_of_the_workbook()
    {
        Assert.Equal(
            [("page", 60, 5, 14.4m), ("page", 360, 30, 6m), ("ticket", 4320, 360, 1m)],
            BurnRule.All.Select(rule => (rule.Severity, rule.LongMinutes, rule.ShortMinutes, rule.Threshold))
        );
    }

    [Theory]
    // 1 of 60 minutes at 99.9 %: 16.66 times as fast as allowed.
    [InlineData(99.9, 60, 1, 5, 1, 16.66, 200.0, true)]
    // It has ended: the short window says so.
    [InlineData(99.9, 60, 10, 5, 0, 166.66, 0.0, false)]
    // It has just begun: the long window does not say so yet.
    [InlineData(99.5, 60, 1, 5, 5, 3.33, 200.0, false)]
    // At 90 % nothing can burn more than 10 times as fast.
    [InlineData(90, 60, 60, 5, 5, 10.0, 10.0, false)]
    [InlineData(99.9, 0, 0, 0, 0, null, null, false)]
    [InlineData(99.9, 60, 30, 0, 0, 500.0, null, false)]
    public void A_rule_burns_when_both_windows_are_above_its_threshold(
        double target,
        int longCounted,
        int longDown,
        int shortCounted,
        int shortDown,
        double? longRate,
        double? shortRate,
        bool isBurning
    )
    {
        var burn = Burn.Of(
            Hour,
            (decimal)target,
            new CountedMinutes(longCounted, longDown),
            new CountedMinutes(shortCounted, shortDown)
        );

        Assert.Equal((decimal?)longRate, burn.LongRate);
        Assert.Equal((decimal?)shortRate, burn.ShortRate);
        Assert.Equal(isBurning, burn.IsBurning);
    }

    [Fact]
    public void At_the_threshold_is_not_above_it()
    {
        var rule = Hour with { Threshold = 10m };

        Assert.False(Burn.Of(rule, 99m, new CountedMinutes(100, 10), new CountedMinutes(10, 1)).IsBurning);
        Assert.True(Burn.Of(rule, 99m, new CountedMinutes(100, 11), new CountedMinutes(9, 1)).IsBurning);
    }

    [Theory]
    [InlineData(1, 60, 5)]
    [InlineData(30, 60, 30)]
    [InlineData(60, 60, 60)]
    public void No_window_is_shorter_than_the_time_between_two_looks(int cadence, int longer, int shorter)
    {
        var rule = Hour.For(cadence);

        Assert.Equal((longer, shorter), (rule.LongMinutes, rule.ShortMinutes));
    }
}
