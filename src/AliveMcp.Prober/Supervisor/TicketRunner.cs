using AliveMcp.Prober.Cell;
using AliveMcp.Prober.Fitness;
using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Supervisor;

/// <summary>
/// Carries out one ticket: waits for its start, keeps off a server and a host that we are busy with, has it probed in a cell, and once more where
/// that is due. Politeness is decided here and nowhere else, for all cells together: one probe of a server at a time, four of a host.
/// </summary>
internal sealed class TicketRunner(SeatCall seats, FitJudge fit, TimeProvider time)
{
    private const int ProbesPerHost = 4;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly KeyedGate<ServerKey> _servers = new(1, time);
    private readonly KeyedGate<string> _hosts = new(ProbesPerHost, time);

    /// <param name="taken">The ticket.</param>
    /// <param name="stopping">We are asked to end: no second try any more, and no waiting for a cell.</param>
    /// <param name="abort">Breaks off a running try.</param>
    public async Task<TicketResult> RunAsync(TakenTicket taken, CancellationToken stopping, CancellationToken abort)
    {
        var ticket = taken.Ticket;
        await DelayAsync(ticket.StartIn - Elapsed(taken), abort);
        using var server = await _servers.EnterAsync(ticket.Server, Patience(taken), abort);
        if (server is null)
        {
            return new TicketResult(ticket, [Blind(taken, Why.HostBusy)]);
        }

        var first = await TryAsync(taken, stopping, abort);
        if (!RetryRule.Retries(ticket, first.Attempt, Elapsed(taken)))
        {
            return new TicketResult(ticket, [first]);
        }

        await DelayAsync(RetryRule.Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return stopping.IsCancellationRequested
            ? new TicketResult(ticket, [first])
            : new TicketResult(ticket, [first, await TryAsync(taken, stopping, abort)]);
    }

    /// <summary>A try whose cell ended is made in another one, once, if its time allows.</summary>
    private async Task<TryResult> TryAsync(TakenTicket taken, CancellationToken stopping, CancellationToken abort)
    {
        var result = await LookAsync(taken, stopping, abort);
        if (result is null && !taken.IsIsolated && RetryRule.HasRoom(taken.Ticket, Elapsed(taken)))
        {
            result = await LookAsync(taken, stopping, abort);
        }

        return result ?? Blind(taken, Why.CellKilled);
    }

    private async Task<TryResult?> LookAsync(TakenTicket taken, CancellationToken stopping, CancellationToken abort)
    {
        // The cell's place before the host's: who waits for a cell must not keep others off the host.
        var seating = await SeatAsync(taken, stopping, abort);
        using var seat = seating.Seat;
        if (seat is null)
        {
            return Blind(taken, seating.Refusal);
        }

        using var host = await _hosts.EnterAsync(taken.Ticket.Order.Url.IdnHost, Patience(taken), abort);
        var startsAfter = Elapsed(taken);
        if (host is null || !RetryRule.HasRoom(taken.Ticket, startsAfter))
        {
            return Blind(taken, Why.HostBusy);
        }

        var began = time.GetTimestamp();
        if (await seat.ProbeAsync(taken.Ticket.Order).WaitAsync(abort) is not { } result)
        {
            return null;
        }

        var judged = fit.Judge(result, began);
        return judged with { Attempt = judged.Attempt with { StartedAfter = startsAfter } };
    }

    private async Task<Seating> SeatAsync(TakenTicket taken, CancellationToken stopping, CancellationToken abort)
    {
        var room = Room(taken);
        if (room < TimeSpan.Zero)
        {
            return Why.HostBusy;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, abort);
        try
        {
            return await seats(taken, room, either.Token);
        }
        catch (OperationCanceledException) when (!abort.IsCancellationRequested)
        {
            return Why.CellBusy;
        }
    }

    /// <summary>No longer than politeness asks, and no longer than a try could still end in time.</summary>
    private TimeSpan Patience(TakenTicket taken) => Room(taken) is var room && room < LongestWait ? room : LongestWait;

    private TimeSpan Room(TakenTicket taken) =>
        taken.Ticket.LastEndIn - taken.Ticket.Order.Limits.Total - Elapsed(taken);

    private TimeSpan Elapsed(TakenTicket taken) => time.GetElapsedTime(taken.Received);

    private TryResult Blind(TakenTicket taken, Why why)
    {
        var result = TryResult.Unknown(why);
        return result with { Attempt = result.Attempt with { StartedAfter = Elapsed(taken) } };
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, time, cancellationToken) : Task.CompletedTask;
}
