using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

public sealed class SilenceTests
{
    private static readonly ProbeLimits Impatient = Probes.Patient with
    {
        Total = TimeSpan.FromSeconds(3),
        Discover = TimeSpan.FromSeconds(0.8),
        ToolsList = TimeSpan.FromSeconds(1.5),
        Goodbye = TimeSpan.FromSeconds(0.2),
    };

    [Fact]
    public async Task A_server_that_is_silent_on_discover_alone_is_live_with_a_finding()
    {
        var result = await Probes.ProbeAsync(Specimens.DiscoverHangs, order => order with { Limits = Impatient });

        Assert.Equal("discover_hangs", Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task Asking_in_the_wrong_era_does_not_make_a_server_slow()
    {
        var limits = Impatient with { SlowAfter = TimeSpan.FromSeconds(0.7), Total = TimeSpan.FromSeconds(5) };

        var result = await Probes.ProbeAsync(Specimens.DiscoverHangs, order => order with { Limits = limits });

        Assert.Equal(Expected.Live, Expected.Of(result));
    }

    [Fact]
    public async Task A_session_is_ended_even_when_the_answer_behind_it_never_came()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.SessionThenSilence);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url) with { Limits = Impatient });

        Assert.Equal(Why.Timeout, result.Attempt.Why);
        Assert.Equal((true, false), (result.Observed.IssuesSessions, result.Observed.DeleteRefused));
        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task A_goodbye_that_is_not_answered_costs_its_own_time_and_no_verdict()
    {
        var began = TimeProvider.System.GetTimestamp();

        var result = await Probes.ProbeAsync(Specimens.DeleteHangs, order => order with { Limits = Impatient });

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.True(result.Observed.DeleteRefused);
        Assert.True(
            result.Attempt.Phases.Total < TimeProvider.System.GetElapsedTime(began).TotalMicroseconds - 150_000
        );
    }

    [Fact]
    public async Task Our_own_cancellation_is_the_one_thing_that_is_thrown_and_the_session_is_ended_first()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.HealthyWithSessions.On("tools/list", call => call.HangAsync())
        );
        using var stop = new CancellationTokenSource();
        var probing = Probes.Local.ProbeAsync(Probes.Order(server.Url), stop.Token);
        while (!server.Requests.Any(request => request.Rpc == "tools/list"))
        {
            await Task.Yield();
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probing);
        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task Our_own_cancellation_in_the_middle_of_a_body_is_thrown_too()
    {
        var begun = new TaskCompletionSource();
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.HealthyWithSessions.On(
                "tools/list",
                async call =>
                {
                    // More than the buffers between us hold: once it is written, the body is being read.
                    for (var written = 0; written < 16 * 1024 * 1024; written += 64 * 1024)
                    {
                        await call.EventsAsync($": {new string('x', 64 * 1024)}\n\n");
                    }

                    begun.SetResult();
                    await call.HangAsync();
                }
            )
        );
        using var stop = new CancellationTokenSource();
        var order = Probes.Order(server.Url);
        var probing = Probes.Local.ProbeAsync(
            order with
            {
                Limits = order.Limits with { BodyBytes = 64 * 1024 * 1024 },
            },
            stop.Token
        );
        await begun.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probing);
        Assert.Empty(server.Sessions);
    }
}
