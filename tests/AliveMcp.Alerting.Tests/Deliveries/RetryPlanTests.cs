using AliveMcp.Alerting.Deliveries;

namespace AliveMcp.Alerting.Tests.Deliveries;

public sealed class RetryPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whatever_the_dice_say_tries_end_after_six_hours_and_never_before()
    {
        var dice = new Random(11);
        for (var run = 0; run < 200; run++)
        {
            var giveUpAt = Start + RetryPlan.Patience;
            var (now, tries) = (Start, 1);
            while (RetryPlan.NextAt(tries, now, giveUpAt, RetryAfter(dice), dice.NextDouble()) is { } next)
            {
                Assert.InRange(next, now.AddMilliseconds(1), giveUpAt);
                (now, tries) = (next, tries + 1);
            }

            Assert.Equal(giveUpAt, now);
            Assert.InRange(tries, 2, 400);
        }
    }

    [Fact]
    public void The_wait_grows_with_every_try_up_to_a_quarter_of_an_hour()
    {
        var waits = Enumerable
            .Range(1, 12)
            .Select(tries =>
                RetryPlan.NextAt(tries, Start, Start.AddHours(6), retryAfter: null, jitter: 1)!.Value - Start
            )
            .ToList();

        Assert.Equal(waits.Order(), waits);
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(15)), (waits[0], waits[^1]));
    }

    private static TimeSpan? RetryAfter(Random dice) => dice.Next(4) == 0 ? TimeSpan.FromMinutes(dice.Next(600)) : null;
}
