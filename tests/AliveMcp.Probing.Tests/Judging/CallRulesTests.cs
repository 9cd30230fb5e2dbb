using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using static AliveMcp.Probing.Tests.Judging.SeenServers;

namespace AliveMcp.Probing.Tests.Judging;

public sealed class CallRulesTests
{
    [Fact]
    public void What_was_seen_counts_before_what_could_not_be_looked_at()
    {
        var blind = FailedCall(WireFault.HttpStatus) with { Stop = Stop(WireFault.HttpStatus, 429) };

        Assert.Equal(Why.RateLimited, ProbeJudge.Judge(Well with { Calls = [blind] }, Order).Why);
        Assert.Equal(Why.HealthDown, ProbeJudge.Judge(Well with { Calls = [blind], Health = Trouble }, Order).Why);
    }

    [Fact]
    public void The_first_failing_call_decides_unless_a_later_one_is_an_outage()
    {
        var first = FailedCall(WireFault.RpcError);
        var second = FailedCall(WireFault.Incomplete) with { Lacks = Why.TestCallIsError };

        Assert.Equal(Why.TestCallError, ProbeJudge.Judge(Well with { Calls = [first, second] }, Order).Why);
        var outage = ProbeJudge.Judge(Well with { Calls = [first, second with { FailureIsDown = true }] }, Order);
        Assert.Equal((ServerState.Down, Why.TestCallIsError), (outage.State, outage.Why));
    }

    [Fact]
    public void A_slow_server_whose_call_is_an_outage_is_down()
    {
        var call = FailedCall(WireFault.RpcError) with { FailureIsDown = true };
        var verdict = ProbeJudge.Judge(Well with { Pace = TimeSpan.FromSeconds(9), Calls = [call] }, Order);

        Assert.Equal((ServerState.Down, Why.TestCallError), (verdict.State, verdict.Why));
    }

    [Fact]
    public void A_call_that_could_not_be_asked_for_changes_nothing_but_how_deep_we_saw()
    {
        var withheld = new CallSighting { Tool = "t", Withheld = "not called" };
        var verdict = ProbeJudge.Judge(Well with { Calls = [new() { Tool = "u" }, withheld] }, Order);

        Assert.Equal((ServerState.Live, VerifiedTo.Tools), (verdict.State, verdict.VerifiedTo));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_that_the_server_forbids_us_is_no_success_and_no_outage(bool failureIsDown)
    {
        var forbidden = new CallSighting
        {
            Tool = "t",
            Withheld = "not called",
            IsWithheldByServer = true,
            FailureIsDown = failureIsDown,
        };
        var verdict = ProbeJudge.Judge(Well with { Calls = [new() { Tool = "u" }, forbidden] }, Order);

        Assert.Equal(
            (ServerState.Degraded, Why.TestCallError, ProbeStep.TestCall, VerifiedTo.Tools),
            (verdict.State, verdict.Why, verdict.FailedAt!.Value, verdict.VerifiedTo)
        );
        Assert.Equal("tool t: not called", verdict.Detail);
    }

    [Fact]
    public void A_call_is_judged_whatever_it_was_stopped_by()
    {
        foreach (var stop in EveryStop.All())
        {
            var call = new CallSighting { Tool = "t", Stop = stop };
            var verdict = CallRules.Judge(call)!;
            var layer = WhyWords.LayerOf(verdict.Why, verdict.FailedAt);

            Assert.NotEqual(ServerState.Live, verdict.State);
            Assert.NotEqual(Why.None, verdict.Why);
            Assert.NotEqual(FailureLayer.Auth, layer);
            Assert.True(Rank(CallRules.Judge(call with { FailureIsDown = true })!.State) >= Rank(verdict.State));
            Assert.True(Rank(CallRules.Judge(call with { TimeIsUp = true })!.State) >= Rank(verdict.State));
        }
    }
}
