using AliveMcp.Archive.Slo;

namespace AliveMcp.Archive.Tests.Slo;

public sealed class ErrorBudgetTests
{
    [Theory]
    [InlineData(99.9, 43_200, 0, 0, 43.2, 43.2, true)]
    [InlineData(99.9, 43_200, 43, 0, 43.2, 0.2, true)]
    [InlineData(99.9, 43_200, 44, 0, 43.2, -0.8, false)]
    [InlineData(99.0, 100, 1, 0, 1.0, 0.0, true)]
    [InlineData(99.999, 44_640, 0, 0, 0.44, 0.44, true)]
    [InlineData(99.999, 44_640, 1, 0, 0.44, -0.56, false)]
    [InlineData(50, 10, 5, 0, 5, 0, true)]
    // The first five minutes of a month: the budget is the month's.
    [InlineData(99.9, 5, 5, 44_635, 44.64, 39.64, true)]
    [InlineData(99.9, 0, 0, 44_640, 44.64, 44.64, true)]
    public void What_is_allowed_is_a_share_of_what_counts(
        double target,
        int counted,
        int down,
        int ahead,
        double allowed,
        double left,
        bool isKept
    )
    {
        var budget = ErrorBudget.Of((decimal)target, new CountedMinutes(counted, down), ahead);

        Assert.Equal((decimal)allowed, budget.AllowedMinutes);
        Assert.Equal(down, budget.SpentMinutes);
        Assert.Equal((decimal)left, budget.LeftMinutes);
        Assert.Equal(isKept, budget.IsKept);
    }

    [Fact]
    public void Shares_are_rounded_down_and_there_is_none_of_nothing()
    {
        var budget = ErrorBudget.Of(99.9m, new CountedMinutes(43_200, 10));
        Assert.Equal(23.14m, budget.SpentPercent);
        Assert.Equal(76.85m, budget.LeftPercent);

        var empty = ErrorBudget.Of(99.9m, default);
        Assert.Null(empty.SpentPercent);
        Assert.Null(empty.LeftPercent);
        Assert.Equal(0, empty.AllowedMinutes);
        Assert.True(empty.IsKept);
    }

    [Fact]
    public void A_promise_is_kept_exactly_when_the_uptime_is_not_below_it()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var counted = random.Next(1, 50_000);
            var down = random.Next(0, Math.Min(counted, 60) + 1);
            var target = random.Next(98_000, 100_000) / 1000m;

            var isKept = ErrorBudget.Of(target, new CountedMinutes(counted, down)).IsKept;

            // In whole numbers: live x 100,000 >= target in thousandths x counted.
            Assert.Equal((counted - down) * 100_000L >= (long)(target * 1000) * counted, isKept);
        }
    }
}
