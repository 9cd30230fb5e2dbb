using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Tests.Supervisor;

public sealed class RetryRuleTests
{
    [Theory]
    [InlineData(ServerState.Live, Why.None, false)]
    [InlineData(ServerState.Degraded, Why.Slow, true)]
    [InlineData(ServerState.Down, Why.Timeout, true)]
    [InlineData(ServerState.Unknown, Why.NoRoute, true)]
    [InlineData(ServerState.Unknown, Why.RateLimited, false)]
    public void A_try_that_is_not_live_is_made_again_unless_we_were_asked_to_come_less(
        ServerState state,
        Why why,
        bool expected
    )
    {
        Assert.Equal(expected, RetryRule.Retries(Order.Ticket(), Order.Result(state, why).Attempt, Seconds(1)));
    }

    [Theory]
    [InlineData(15, 70, 44.9, true)]
    [InlineData(15, 70, 45, true)]
    [InlineData(15, 70, 45.1, false)]
    [InlineData(16, 70, 1, false)]
    [InlineData(5, 20, 5, true)]
    [InlineData(5, 19, 5, false)]
    public void Only_if_the_second_try_surely_ends_in_time(double limit, double lastEnd, double ended, bool expected)
    {
        var ticket = Order.Ticket(limit: limit, lastEnd: lastEnd);

        Assert.Equal(
            expected,
            RetryRule.Retries(ticket, Order.Result(ServerState.Down, Why.Timeout).Attempt, Seconds(ended))
        );
    }

    [Fact]
    public void The_ticket_may_forbid_it()
    {
        var ticket = Order.Ticket() with { MayRetry = false };

        Assert.False(RetryRule.Retries(ticket, Order.Result(ServerState.Down, Why.Timeout).Attempt, Seconds(1)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
