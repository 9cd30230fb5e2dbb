using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

/// <summary>Every way in which a test call can go, over real sockets.</summary>
public sealed class CallZooTests
{
    private static readonly TestCall Call = new() { Tool = "tool_01", Arguments = """{"query":"Bern"}""" };

    public static TheoryData<Specimen, Expected> Zoo
    {
        get
        {
            const ProbeStep at = ProbeStep.TestCall;
            return new()
            {
                { Specimens.Healthy, Expected.Live },
                { Specimens.HealthyWithSessions, Expected.Live },
                { Specimens.HealthySse, Expected.Live },
                { Specimens.HealthySseLeftOpen, Expected.Live },
                { Specimens.HealthyDiscover, Expected.Live },
                { Specimens.HealthyDual, Expected.Live },
                { Specimens.HealthyLegacySse, Expected.Live },
                { Specimens.HealthyDiscover with { Framing = Framing.Sse }, Expected.Live },
                { Specimens.NoTools, Expected.Degraded(Why.TestCallError, at) },
                { Specimens.EmptyList, Expected.Degraded(Why.TestCallError, at) },
                { Specimens.CallFails, Expected.Degraded(Why.TestCallError, at) },
                { Specimens.CallFails with { Framing = Framing.Sse }, Expected.Degraded(Why.TestCallError, at) },
                { Specimens.Call401, Expected.Degraded(Why.TestCallError, at) },
                { Specimens.CallIsError, Expected.Degraded(Why.TestCallIsError, at) },
                { Specimens.CallIsError with { Framing = Framing.Sse }, Expected.Degraded(Why.TestCallIsError, at) },
                { Specimens.CallNeedsInput, Expected.Degraded(Why.TestCallNeedsInput, at) },
                { Specimens.CallNeedsUrl, Expected.Degraded(Why.TestCallNeedsInput, at) },
                { Specimens.CallOddResultType, Expected.Degraded(Why.TestCallAssertion, at) },
                { Specimens.CallWithoutContent, Expected.Degraded(Why.TestCallAssertion, at) },
                { Specimens.CallNoObject, Expected.Degraded(Why.TestCallAssertion, at) },
                { Specimens.Call500, Expected.Degraded(Why.HttpError, at) },
                { Specimens.CallHtml, Expected.Degraded(Why.NotJsonRpc, at) },
                { Specimens.CallResets, Expected.Degraded(Why.ConnectionReset, at) },
                { Specimens.CallLosesSession, Expected.Degraded(Why.SessionLost, at) },
                { Specimens.Call429, Expected.Unknown(Why.RateLimited, at) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Zoo))]
    public async Task Every_specimen_gets_its_own_reason(Specimen specimen, Expected expected)
    {
        var result = await Probes.ProbeAsync(specimen, Calling(Call));

        Assert.Equal(expected, Expected.Of(result));
    }

    [Theory]
    [MemberData(nameof(Zoo))]
    public async Task A_failure_is_down_where_the_owner_says_so(Specimen specimen, Expected expected)
    {
        var result = await Probes.ProbeAsync(specimen, Calling(Call with { FailureIsDown = true }));

        var state = expected.State == ServerState.Degraded ? ServerState.Down : expected.State;
        Assert.Equal(expected with { State = state }, Expected.Of(result));
    }

    [Fact]
    public async Task An_answer_proves_more_than_a_list()
    {
        var result = await Probes.ProbeAsync(Specimens.Healthy, Calling(Call));

        Assert.Equal(VerifiedTo.TestCall, result.Attempt.VerifiedTo);
        Assert.InRange(result.Attempt.Phases.TestCall, 1, result.Attempt.Phases.Total);
    }

    [Fact]
    public async Task A_silent_call_is_degraded_while_the_probe_has_time_left_and_down_when_it_has_not()
    {
        var impatient = await Probes.ProbeAsync(
            Specimens.CallHangs,
            order => Limited(order, limits => limits with { TestCalls = TimeSpan.FromMilliseconds(300) })
        );
        var spent = await Probes.ProbeAsync(
            Specimens.CallHangs,
            order => Limited(order, limits => limits with { Total = TimeSpan.FromSeconds(6) })
        );

        Assert.Equal(Expected.Degraded(Why.Timeout, ProbeStep.TestCall), Expected.Of(impatient));
        Assert.Equal(Expected.Down(Why.Timeout, ProbeStep.TestCall), Expected.Of(spent));
        Assert.Equal("test_call", WhyWords.Layer(spent.Attempt.Why, spent.Attempt.FailedAt));
    }

    [Fact]
    public async Task A_lacking_answer_is_told_with_expected_beside_actual()
    {
        var result = await Probes.ProbeAsync(Specimens.Healthy, Calling(Call with { Contains = "snow\u202e" }));

        Assert.Equal(Expected.Degraded(Why.TestCallAssertion, ProbeStep.TestCall), Expected.Of(result));
        Assert.Equal(
            "tool tool_01: expected text that contains 'snow\\u{202e}', got 'Sunny, 21 degrees'",
            result.Attempt.Detail
        );
        Assert.Contains("Sunny", result.Evidence!.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_lives_until_the_calls_are_done()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyWithSessions);

        await Probes.ProbeAsync(Calling(Call, Call)(Probes.Order(server.Url)));

        Assert.Equal(
            ["initialize", "notifications/initialized", "tools/list", "tools/call", "tools/call", "DELETE"],
            server
                .Requests.Select(request => request.Rpc ?? request.Method)
                .SkipWhile(name => name == "server/discover")
        );
        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task The_first_failing_call_decides_and_the_others_are_findings()
    {
        var result = await Probes.ProbeAsync(
            Specimens.CallIsError,
            Calling(Call, Call with { Tool = "tool_02" }, Call with { Tool = "absent" })
        );

        Assert.Contains("tool_01", result.Attempt.Detail, StringComparison.Ordinal);
        Assert.Equal(
            [("test_call_is_error", "tool_02"), ("test_call_error", "absent")],
            result.Findings.Where(found => found.Class == "expectation").Select(found => (found.Code, found.Tool!))
        );
    }

    private static Func<ProbeOrder, ProbeOrder> Calling(params TestCall[] calls) =>
        order => order with { Expectations = new Expectations { TestCalls = calls } };

    private static ProbeOrder Limited(ProbeOrder order, Func<ProbeLimits, ProbeLimits> change) =>
        Calling(Call)(order) with
        {
            Era = Era.Initialize,
            Limits = change(order.Limits),
        };
}
