using System.Globalization;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

public sealed class OtherLegTests
{
    [Fact]
    public async Task A_server_of_both_eras_that_was_found_in_the_newer_one_answers_initialize_and_its_session_is_ended()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyDual);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url) with { OtherLeg = OtherLeg.Expected });

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal((Era.Discover, true), (result.Observed.Era, result.Observed.OtherLegAnswers));
        Assert.False(result.Observed.IssuesSessions);
        Assert.Equal(
            ["server/discover", "tools/list", "initialize", null],
            server.Requests.Select(request => request.Rpc)
        );
        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task A_server_of_both_eras_that_is_remembered_in_the_older_one_answers_discover()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyDual);

        var result = await Probes.ProbeAsync(
            Probes.Order(server.Url) with
            {
                Era = Era.Initialize,
                OtherLeg = OtherLeg.Expected,
            }
        );

        Assert.Equal((Era.Initialize, true), (result.Observed.Era, result.Observed.OtherLegAnswers));
        Assert.Equal(("server/discover", "DELETE"), (server.Requests[^2].Rpc, server.Requests[^1].Method));
        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task Who_calls_the_probe_off_while_the_other_leg_says_goodbye_is_heard()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.HealthyDual.On(
                "DELETE",
                async call =>
                {
                    await stop.CancelAsync();
                    await call.BehaveAsync();
                }
            )
        );
        var order = Probes.Order(server.Url) with { OtherLeg = OtherLeg.Look };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Probes.Local.ProbeAsync(order, stop.Token));

        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task Nobody_asks_unless_told_to()
    {
        var result = await Probes.ProbeAsync(Specimens.HealthyDual);

        Assert.Null(result.Observed.OtherLegAnswers);
    }

    [Theory]
    [InlineData(OtherLeg.Look, ServerState.Live)]
    [InlineData(OtherLeg.Expected, ServerState.Degraded)]
    public async Task A_leg_that_is_not_there_degrades_only_where_it_was_there_before(OtherLeg order, ServerState state)
    {
        var result = await Probes.ProbeAsync(Specimens.Healthy, given => given with { OtherLeg = order });

        Assert.Equal((state, false), (result.Attempt.State, result.Observed.OtherLegAnswers));
        if (state == ServerState.Degraded)
        {
            Assert.Equal(Expected.Degraded(Why.EraBroken, ProbeStep.Discover), Expected.Of(result));
            Assert.Contains("server/discover", result.Attempt.Detail, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, bool?> Legs =>
        new()
        {
            { "401", null },
            { "403", null },
            { "429", null },
            { "404", false },
            { "500", false },
            { "503", false },
            { "reset", false },
            { "hang", false },
            { "html", false },
            { "wall", null },
        };

    [Theory]
    [MemberData(nameof(Legs))]
    public async Task Doors_quotas_and_walls_tell_nothing_about_an_era_and_every_other_failure_does(
        string kind,
        bool? answers
    )
    {
        var specimen = Specimens.InitializeLeg(
            kind,
            call =>
                kind switch
                {
                    "reset" => call.ResetAsync(),
                    "hang" => call.HangAsync(),
                    "html" => call.BodyAsync(200, "text/html", "<html>"),
                    "wall" => call.BodyAsync(403, "text/html", "<title>Just a moment...</title>"),
                    var status => call.StatusAsync(int.Parse(status, CultureInfo.InvariantCulture)),
                }
        );

        var result = await Probes.ProbeAsync(
            specimen,
            order =>
                order with
                {
                    OtherLeg = OtherLeg.Expected,
                    Limits = order.Limits with { Discover = TimeSpan.FromSeconds(1.5) },
                }
        );

        Assert.Equal(answers, result.Observed.OtherLegAnswers);
        Assert.Equal(
            answers == false ? Expected.Degraded(Why.EraBroken, ProbeStep.Initialize) : Expected.Live,
            Expected.Of(result)
        );
    }

    [Fact]
    public async Task The_look_counts_neither_as_latency_nor_as_slowness()
    {
        var result = await Probes.ProbeAsync(
            Specimens.InitializeLeg("hangs", call => call.HangAsync()),
            order =>
                order with
                {
                    OtherLeg = OtherLeg.Look,
                    Limits = order.Limits with
                    {
                        Discover = TimeSpan.FromSeconds(2),
                        SlowAfter = TimeSpan.FromSeconds(2),
                    },
                }
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.InRange(result.Attempt.Phases.Total, 1, 1_900_000);
    }

    [Fact]
    public async Task A_server_that_fails_is_not_asked_in_the_other_era()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.ListFails);

        var result = await Probes.ProbeAsync(
            Probes.Order(server.Url) with
            {
                Era = Era.Initialize,
                OtherLeg = OtherLeg.Expected,
            }
        );

        Assert.Equal(Why.ToolsError, result.Attempt.Why);
        Assert.Equal("tools/list", server.Requests[^1].Rpc);
    }

    [Fact]
    public async Task Legacy_sse_has_no_other_leg()
    {
        var result = await Probes.ProbeAsync(
            Specimens.HealthyLegacySse,
            order => order with { OtherLeg = OtherLeg.Expected }
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Null(result.Observed.OtherLegAnswers);
    }
}
