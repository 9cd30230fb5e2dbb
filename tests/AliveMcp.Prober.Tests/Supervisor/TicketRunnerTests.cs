using System.Collections.Concurrent;
using AliveMcp.Prober.Cell;
using AliveMcp.Prober.Fitness;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Tests.Supervisor;

public sealed class TicketRunnerTests
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<TimeSpan> _starts = new();
    private readonly Func<int, TryResult> _answers = call =>
        call == 0 ? Order.Result(ServerState.Down, Why.Timeout) : Order.Result(ServerState.Live);
    private int _calls;
    private int _running;
    private int _mostRunning;

    [Fact]
    public async Task A_failed_try_is_made_again_ten_seconds_after_it_ended()
    {
        var result = await Run(Order.Ticket()).ByAsync(_clock);

        Assert.Equal([ServerState.Down, ServerState.Live], result.Tries.Select(tried => tried.Attempt.State));
        Assert.Equal(ServerState.Live, result.Better.Attempt.State);
        var (first, second) = (result.Tries[0].Attempt.StartedAfter, result.Tries[1].Attempt.StartedAfter);
        Assert.InRange((second - first).TotalSeconds, 12, 14);
    }

    [Fact]
    public async Task A_ticket_waits_for_its_start()
    {
        var result = await Run(Order.Ticket() with { StartIn = TimeSpan.FromSeconds(7) }).ByAsync(_clock);

        Assert.InRange(result.Tries[0].Attempt.StartedAfter.TotalSeconds, 7, 8);
    }

    [Fact]
    public async Task Asked_to_stop_we_leave_the_second_try()
    {
        using var stopping = new CancellationTokenSource();
        var run = Run(Order.Ticket(), stopping.Token);
        await stopping.CancelAsync();

        Assert.Single((await run.ByAsync(_clock)).Tries);
    }

    [Fact]
    public async Task One_server_is_never_probed_twice_at_once()
    {
        await Task.WhenAll(Run(Live(Order.Ticket())), Run(Live(Order.Ticket())), Run(Live(Order.Ticket())))
            .ByAsync(_clock);

        Assert.Equal(1, _mostRunning);
        Assert.Equal(3, _starts.Count);
    }

    [Fact]
    public async Task Of_one_host_four_servers_are_probed_at_once()
    {
        await Task.WhenAll(Enumerable.Range(1, 12).Select(server => Run(Live(Order.Ticket(server))))).ByAsync(_clock);

        Assert.Equal(4, _mostRunning);
        Assert.Equal(12, _starts.Count);
    }

    [Fact]
    public async Task Who_waits_ten_seconds_for_a_host_is_not_probed_and_nobodys_fault()
    {
        // Four at a time, two seconds each: the 25th would wait for twelve.
        var results = await Task.WhenAll(Enumerable.Range(1, 32).Select(server => Run(Live(Order.Ticket(server)))))
            .ByAsync(_clock);

        var busy = results.Where(result => result.Better.Attempt.Why == Why.HostBusy).ToList();
        Assert.InRange(busy.Count, 4, 12);
        Assert.All(busy, result => Assert.Equal(ServerState.Unknown, result.Better.Attempt.State));
    }

    [Fact]
    public async Task Other_hosts_are_not_held_up()
    {
        await Task.WhenAll(
                Enumerable.Range(1, 12).Select(server => Run(Live(Order.Ticket(server, $"host{server}.example"))))
            )
            .ByAsync(_clock);

        Assert.Equal(12, _mostRunning);
    }

    [Fact]
    public async Task A_try_that_could_not_end_in_time_is_not_begun()
    {
        var result = await Run(Order.Ticket(lastEnd: 14)).ByAsync(_clock);

        Assert.Equal(Why.HostBusy, result.Better.Attempt.Why);
        Assert.Empty(_starts);
    }

    private Task<TicketResult> Run(ProbeTicket ticket, CancellationToken stopping = default) =>
        Runner.RunAsync(new TakenTicket(ticket, Lane.Shared, _clock.GetTimestamp()), stopping, CancellationToken.None);

    private TicketRunner Runner =>
        field ??= new TicketRunner(
            (_, _, _) => Task.FromResult<Seating>(new Seat(ProbeAsync)),
            new FitJudge(new LoopLag(TimeProvider.System), new References([], _clock)),
            _clock
        );

    /// <summary>One try is enough for it.</summary>
    private static ProbeTicket Live(ProbeTicket ticket) => ticket with { MayRetry = false };

    /// <summary>Every try takes two seconds.</summary>
    private async Task<TryResult?> ProbeAsync(ProbeOrder order)
    {
        var call = Interlocked.Increment(ref _calls) - 1;
        _starts.Enqueue(_clock.GetUtcNow().TimeOfDay);
        var running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _mostRunning, running);
        await Task.Delay(TimeSpan.FromSeconds(2), _clock);
        Interlocked.Decrement(ref _running);
        return _answers(call);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        var seen = Volatile.Read(ref most);
        while (value > seen && Interlocked.CompareExchange(ref most, value, seen) is var now && now != seen)
        {
            seen = now;
        }
    }
}
