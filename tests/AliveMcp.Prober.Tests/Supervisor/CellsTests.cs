using AliveMcp.Prober.Fitness;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Time;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Prober.Tests.Supervisor;

/// <summary>Tickets through real cells.</summary>
public sealed class CellsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Diary _diary = new();
    private readonly Cells _cells;
    private readonly TicketRunner _runner;

    public CellsTests()
    {
        var rules = Rules.ForCells(diary: _diary);
        _cells = new Cells(rules, new TenantKills(rules.Book, rules.Time), NullLogger<Cells>.Instance);
        _runner = new TicketRunner(
            _cells.SeatAsync,
            new FitJudge(new LoopLag(TimeProvider.System), new References([], rules.Time)),
            rules.Time
        );
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _cells.StopAsync();

    [Fact]
    public async Task What_was_with_it_in_a_shared_cell_that_ended_is_looked_at_again_in_another_one()
    {
        await using var slow = await FakeMcpServer.StartAsync(
            Specimens.Healthy with
            {
                Delay = TimeSpan.FromMilliseconds(500),
            }
        );
        var run = Run(slow.Url, Lane.Shared);
        await Eventually.GetAsync(() => Task.FromResult(slow.Requests.Count), count => count > 0, Patience);

        await Signals.SendAsync(_diary.Begun[0].Pid, "KILL");
        var first = await run.WaitAsync(Patience);
        var next = await Run(slow.Url, Lane.Shared).WaitAsync(Patience);

        Assert.Equal(ServerState.Live, Assert.Single(first.Tries).Attempt.State);
        Assert.Equal(ServerState.Live, Assert.Single(next.Tries).Attempt.State);
        // One for all, one for the suspects, and, as it came through there, the next one for all.
        Assert.Equal(["shared", "shared", "shared"], _diary.Begun.Select(cell => cell.Owner));
        Assert.Equal(["crashed"], _diary.Ends);
    }

    [Fact]
    public async Task When_the_time_does_not_allow_it_the_ticket_says_that_we_do_not_know()
    {
        await using var silent = RawServer.Silent();
        var began = TimeProvider.System.GetTimestamp();
        // A try takes up to 15 s: one fits in, and 5 s later no second one does.
        var run = Run(silent.Url, Lane.Shared, lastEnd: 20);
        await Eventually.GetAsync(() => Task.FromResult(silent.Accepted), count => count > 0, Patience);
        await Eventually.GetAsync(
            () => Task.FromResult(TimeProvider.System.GetElapsedTime(began)),
            elapsed => elapsed > TimeSpan.FromSeconds(5.1),
            Patience
        );

        await Signals.SendAsync(_diary.Begun[0].Pid, "KILL");

        Assert.Equal((ServerState.Unknown, Why.CellKilled), Verdict(await run.WaitAsync(Patience)));
    }

    [Fact]
    public async Task A_tenants_cell_that_is_killed_takes_its_tickets_along_and_the_next_one_serves()
    {
        await using var silent = RawServer.Silent();
        await using var healthy = await FakeMcpServer.StartAsync(Specimens.Healthy);
        var run = Run(silent.Url, Lane.Isolated);
        await Eventually.GetAsync(() => Task.FromResult(silent.Accepted), count => count > 0, Patience);

        await Signals.SendAsync(_diary.Begun[0].Pid, "KILL");
        var killed = await run.WaitAsync(Patience);
        var next = await Run(healthy.Url, Lane.Isolated).WaitAsync(Patience);

        Assert.Equal((ServerState.Unknown, Why.CellKilled), Verdict(killed));
        Assert.Equal((ServerState.Live, Why.None), Verdict(next));
        Assert.Equal(["tenant 2", "tenant 2"], _diary.Begun.Select(cell => cell.Owner));
    }

    [Fact]
    public async Task A_credential_goes_into_its_tenants_cell_whatever_lane_brought_it()
    {
        await using var healthy = await FakeMcpServer.StartAsync(Specimens.Healthy);
        var ticket = Ticket(healthy.Url);
        var credential = new ProbeCredential
        {
            Kind = CredentialKind.Bearer,
            Identity = "cred-1",
            Secret = "s3cret-s3cret",
        };

        foreach (var lane in (Lane[])[Lane.Shared, Lane.Now])
        {
            await RunAsync(ticket with { Order = ticket.Order with { Credential = credential } }, lane);
        }

        Assert.Equal(["tenant 2"], _diary.Begun.Select(cell => cell.Owner));
    }

    private Task<TicketResult> Run(Uri url, Lane lane, double lastEnd = 70) => RunAsync(Ticket(url, lastEnd), lane);

    private Task<TicketResult> RunAsync(ProbeTicket ticket, Lane lane) =>
        _runner.RunAsync(
            new TakenTicket(ticket, lane, TimeProvider.System.GetTimestamp()),
            CancellationToken.None,
            CancellationToken.None
        );

    private static ProbeTicket Ticket(Uri url, double lastEnd = 70)
    {
        var ticket = Order.Ticket(lastEnd: lastEnd) with { MayRetry = false };
        return ticket with { Order = ticket.Order with { Url = url } };
    }

    private static (ServerState State, Why Why) Verdict(TicketResult result) =>
        (result.Better.Attempt.State, result.Better.Attempt.Why);
}
