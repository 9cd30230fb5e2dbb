using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Time;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Tests.Supervisor;

public sealed class IsolatedCellsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Diary _diary = new();
    private IsolatedCells? _cells;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cells is { } cells)
        {
            await cells.StopAsync();
        }
    }

    [Fact]
    public async Task Two_tenants_are_never_in_one_process()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        Open(places: 1);

        foreach (var tenant in (int[])[3, 4, 3, 5, 4])
        {
            using var seat = (await SeatAsync(tenant)).Seat!;
            var result = await seat.ProbeAsync(Order.Of(server.Url));
            Assert.Equal(ServerState.Live, result!.Attempt.State);
        }

        Assert.Equal(
            ["tenant 3", "tenant 4", "tenant 3", "tenant 5", "tenant 4"],
            _diary.Begun.Select(cell => cell.Owner)
        );
        Assert.Equal(5, _diary.Begun.DistinctBy(cell => cell.Pid).Count());
        await Eventually.GetAsync(() => Task.FromResult(_diary.Ends.Count), ends => ends == 4, Patience);
        Assert.All(_diary.Ends, end => Assert.Equal("handed_over", end));
        Assert.All(_diary.Begun.SkipLast(1), cell => Assert.False(Signals.Lives(cell.Pid) && IsOurs(cell.Pid)));
    }

    [Fact]
    public async Task A_tenant_finds_its_cell_warm_unless_somebody_else_wants_the_place()
    {
        Open(places: 2);

        (await SeatAsync(3)).Seat!.Dispose();
        (await SeatAsync(4)).Seat!.Dispose();
        (await SeatAsync(3)).Seat!.Dispose();
        (await SeatAsync(5)).Seat!.Dispose();
        (await SeatAsync(3)).Seat!.Dispose();

        // The place of 4 had been without work for longest.
        Assert.Equal(["tenant 3", "tenant 4", "tenant 5"], _diary.Begun.Select(cell => cell.Owner));
    }

    [Fact]
    public async Task A_cell_without_work_is_let_go_after_a_while()
    {
        Open(places: 1, rules => rules with { Warm = TimeSpan.Zero });
        (await SeatAsync(3)).Seat!.Dispose();

        _cells!.Look();

        await Eventually.GetAsync(() => Task.FromResult(_diary.Ends.Count), ends => ends == 1, Patience);
        Assert.Equal(["stopped"], _diary.Ends);
    }

    [Fact]
    public async Task Fifty_tries_of_one_tenant_are_made_at_once_and_others_wait_but_not_for_ever()
    {
        Open(places: 1);
        var seats = await Task.WhenAll(Enumerable.Range(0, IsolatedCells.PerTenant).Select(_ => SeatAsync(3)));
        Assert.All(seats, seating => Assert.NotNull(seating.Seat));

        Assert.Equal(Why.CellBusy, (await SeatAsync(3, TimeSpan.FromMilliseconds(50))).Refusal);
        var next = SeatAsync(3);
        Assert.False(next.IsCompleted);
        seats[0].Seat!.Dispose();

        Assert.NotNull((await next).Seat);
        Assert.Single(_diary.Begun);
    }

    [Fact]
    public async Task Of_a_flood_what_cannot_wait_is_refused_at_once()
    {
        Open(places: 1);
        var all = IsolatedCells.PerTenant + IsolatedCells.Waiting;
        using var stop = new CancellationTokenSource();
        var asked = Enumerable.Range(0, all).Select(_ => SeatAsync(3, Patience, stop.Token)).ToList();

        Assert.Equal(Why.CellBusy, (await SeatAsync(3)).Refusal);

        await stop.CancelAsync();
        await Task.WhenAll(asked).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Who_always_has_work_gives_way_after_its_turn()
    {
        Open(places: 1, rules => rules with { Turn = TimeSpan.Zero });
        var first = await Task.WhenAll(Enumerable.Range(0, IsolatedCells.PerTenant).Select(_ => SeatAsync(3)));
        var waiting = SeatAsync(3);
        var other = SeatAsync(4);
        foreach (var seating in first)
        {
            seating.Seat!.Dispose();
        }

        var got = (await other).Seat!;
        Assert.False(waiting.IsCompleted);
        got.Dispose();

        Assert.NotNull((await waiting).Seat);
        Assert.Equal(["tenant 3", "tenant 4", "tenant 3"], _diary.Begun.Select(cell => cell.Owner));
    }

    [Fact]
    public async Task Three_that_had_to_be_killed_and_the_tenant_is_looked_at_less_often()
    {
        Open(places: 1);
        for (var kill = 1; kill <= 3; kill++)
        {
            using var seat = (await SeatAsync(3)).Seat!;
            await Signals.SendAsync(_diary.Begun[^1].Pid, "KILL");
            await Eventually.GetAsync(() => Task.FromResult(_diary.Ends.Count), ends => ends == kill, Patience);
        }

        await Eventually.GetAsync(
            () =>
                Task.FromResult(
                    _diary.Lines.Any(line => line.Line.Contains("within an hour", StringComparison.Ordinal))
                ),
            told => told,
            Patience
        );
        (await SeatAsync(3)).Seat!.Dispose();

        Assert.Equal(Why.TenantThrottled, (await SeatAsync(3, minute: 1)).Refusal);
        Assert.Equal(["crashed", "crashed", "crashed"], _diary.Ends);
        (await SeatAsync(3, minute: 5)).Seat!.Dispose();
    }

    [Fact]
    public async Task Without_places_nobody_waits()
    {
        Open(places: 0);

        Assert.Equal(Why.CellBusy, (await SeatAsync(3)).Refusal);
    }

    private void Open(int places, Func<CellRules, CellRules>? change = null)
    {
        var rules = Rules.ForCells(diary: _diary);
        rules = change is null ? rules : change(rules);
        _cells = new IsolatedCells(places, rules, new TenantKills(rules.Book, rules.Time));
    }

    private Task<Seating> SeatAsync(
        int tenant,
        TimeSpan? patience = null,
        CancellationToken cancellationToken = default,
        int minute = 0
    ) =>
        _cells!.SeatAsync(
            new TakenTicket(Order.Ticket(tenant: tenant) with { Minute = new MinuteStamp(minute) }, Lane.Isolated, 0),
            patience ?? Patience,
            cancellationToken
        );

    /// <summary>Numbers of processes are given again.</summary>
    private static bool IsOurs(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains("AliveMcp.Prober", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
