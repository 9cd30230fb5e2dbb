using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Minutes;

public sealed class RegionFoldTests
{
    [Theory]
    [InlineData(ServerState.Down, ServerState.Live, ServerState.Live)]
    [InlineData(ServerState.Down, ServerState.Degraded, ServerState.Degraded)]
    [InlineData(ServerState.Degraded, ServerState.Down, ServerState.Degraded)]
    [InlineData(ServerState.Unknown, ServerState.Down, ServerState.Down)]
    [InlineData(ServerState.Down, ServerState.Unknown, ServerState.Down)]
    [InlineData(ServerState.Unknown, ServerState.Unknown, ServerState.Unknown)]
    public void The_better_try_stands(ServerState first, ServerState second, ServerState expected)
    {
        var entry = RegionFold.Fold(Sample.Local, [Sample.Attempt(first), Sample.Attempt(second)], null);

        Assert.Equal(expected, entry.State);
        Assert.Equal(2, entry.Tries);
    }

    [Fact]
    public void A_second_try_that_helped_is_told()
    {
        var entry = RegionFold.Fold(
            Sample.Local,
            [Sample.Attempt(ServerState.Down, Why.Timeout), Sample.Attempt(ServerState.Live)],
            null
        );

        Assert.True(entry.RecoveredOnRetry);
        Assert.Equal(Why.None, entry.Why);
    }

    [Fact]
    public void Of_two_equal_tries_the_first_gives_the_reason()
    {
        var entry = RegionFold.Fold(
            Sample.Local,
            [Sample.Attempt(ServerState.Down, Why.Timeout), Sample.Attempt(ServerState.Down, Why.ConnectionReset)],
            null
        );

        Assert.Equal(Why.Timeout, entry.Why);
    }

    [Fact]
    public void Percentiles_count_the_first_try_alone()
    {
        var slow = Sample.Attempt(ServerState.Degraded, Why.Slow) with
        {
            Phases = new PhaseTimes { Total = 9_000_000 },
        };
        var quick = Sample.Attempt(ServerState.Live) with { Phases = new PhaseTimes { Total = 4_000 } };

        var entry = RegionFold.Fold(Sample.Local, [slow, quick], null);

        Assert.Equal(9_000_000, entry.FirstTryTotal);
        Assert.Equal(4_000, entry.Phases!.Total);
    }

    [Fact]
    public void A_first_try_that_failed_has_no_latency()
    {
        var entry = RegionFold.Fold(Sample.Local, [Sample.Attempt(ServerState.Down, Why.Timeout)], null);

        Assert.Null(entry.FirstTryTotal);
        Assert.True(entry.FirstTryFailed);
    }

    [Fact]
    public void A_region_that_could_not_look_says_unknown()
    {
        var blind = new ProbeAttempt
        {
            State = ServerState.Unknown,
            Why = Why.NoRoute,
            FailedAt = ProbeStep.Connect,
        };

        var entry = RegionFold.Fold(Sample.Local, [blind], null);

        Assert.Equal(ServerState.Unknown, entry.State);
        Assert.Equal(Why.NoRoute, entry.Why);
        Assert.Null(entry.FailedAt);
        Assert.Null(entry.Phases);
    }

    [Fact]
    public void No_try_at_all_is_our_fault()
    {
        var entry = RegionFold.Fold(Sample.Local, [], null);

        Assert.Equal((ServerState.Unknown, Why.ProberUnfit), (entry.State, entry.Why));
    }

    [Fact]
    public void The_contract_leaves_its_mark()
    {
        var hash = "sha256:00000000000000ff" + new string('0', 48);

        var entry = RegionFold.Fold(Sample.Local, [Sample.Attempt(ServerState.Live)], hash);

        Assert.Equal(255UL, entry.ContractMark);
    }
}
