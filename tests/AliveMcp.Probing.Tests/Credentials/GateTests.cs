using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class GateTests
{
    [Fact]
    public async Task A_door_that_strangers_are_shown_and_not_let_through_is_protected()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Guarded(Keys.OnlyBearer));

        var result = await server.ProbeAsync(Keys.Bearer, Keys.AtGate);

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(
            (Access.Protected, VerifiedTo.Tools, Access.Protected),
            (result.Attempt.Access, result.Attempt.VerifiedTo, result.Observed.Gate)
        );
        Assert.Null(server.Requests[0].Header("Authorization"));
        Assert.Equal(server.Requests.Count, result.Observed.Requests);
    }

    [Fact]
    public async Task Nobody_knocks_as_a_stranger_when_it_is_not_due()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Guarded(Keys.OnlyBearer));

        var result = await server.ProbeAsync(Keys.Bearer);

        Assert.Equal(Access.Unknown, result.Observed.Gate);
        Assert.All(server.Requests, seen => Assert.NotNull(seen.Header("Authorization")));
    }

    [Theory]
    [InlineData(ProtectionExpectation.Auto)]
    [InlineData(ProtectionExpectation.Protected)]
    public async Task A_door_that_answers_strangers_is_open(ProtectionExpectation expected)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyWithSessions);

        var result = await server.ProbeAsync(Keys.Bearer, order => Keys.AtGate(Expecting(order, expected)));

        Assert.Equal(Expected.Degraded(Why.DoorOpen, ProbeStep.Gate), Expected.Of(result));
        Assert.Equal(
            (Access.Open, VerifiedTo.Tools, Access.Open),
            (result.Attempt.Access, result.Attempt.VerifiedTo, result.Observed.Gate)
        );
    }

    [Fact]
    public async Task A_door_that_may_be_open_is()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyWithSessions);

        var result = await server.ProbeAsync(
            Keys.Bearer,
            order => Keys.AtGate(Expecting(order, ProtectionExpectation.Open))
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(Access.Open, result.Attempt.Access);
    }

    [Fact]
    public async Task A_strangers_session_is_ended_before_the_credential_is_shown()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyWithSessions);

        await server.ProbeAsync(Keys.Bearer, Keys.AtGate);

        var withKey = server.Requests.ToList().FindIndex(seen => seen.Header("Authorization") is not null);
        Assert.Contains(server.Requests.Take(withKey), seen => seen.Method == "DELETE");
        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task An_open_door_counts_before_a_refused_key()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Healthy.On(
                "*",
                call => call.Seen.Header("Authorization") is null ? call.BehaveAsync() : call.StatusAsync(401)
            )
        );

        var result = await server.ProbeAsync(Keys.Bearer, Keys.AtGate);

        Assert.Equal(Expected.Degraded(Why.DoorOpen, ProbeStep.Gate), Expected.Of(result));
    }

    [Fact]
    public async Task A_door_that_shows_strangers_no_tools_is_shut()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.HealthyWithSessions.On(
                "tools/list",
                call =>
                {
                    call.Http.Response.Headers.WWWAuthenticate = "Bearer";
                    return Keys.OnlyBearer(call.Seen) ? call.BehaveAsync() : call.StatusAsync(401);
                }
            )
        );

        var result = await server.ProbeAsync(Keys.Bearer, Keys.AtGate);

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(Access.Protected, result.Observed.Gate);
        Assert.Empty(server.Sessions);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_rude_door_is_worth_saying_and_no_verdict_while_the_key_fits(int status)
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Healthy.On(
                "*",
                call => Keys.OnlyBearer(call.Seen) ? call.BehaveAsync() : call.StatusAsync(status)
            )
        );

        var result = await server.ProbeAsync(Keys.Bearer, Keys.AtGate);

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(Access.Misconfigured, result.Observed.Gate);
        Assert.Contains(result.Findings, found => found.Code == "gate_not_polite");
    }

    [Fact]
    public async Task A_door_that_hangs_for_strangers_leaves_time_for_the_key()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Healthy.On("*", call => Keys.OnlyBearer(call.Seen) ? call.BehaveAsync() : call.HangAsync())
        );

        var result = await server.ProbeAsync(
            Keys.Bearer,
            order => Keys.AtGate(order) with { Limits = order.Limits with { Total = TimeSpan.FromSeconds(12) } }
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(Access.Unknown, result.Observed.Gate);
    }

    private static ProbeOrder Expecting(ProbeOrder order, ProtectionExpectation expected) =>
        order with
        {
            Expectations = new Expectations { Protection = expected },
        };
}
