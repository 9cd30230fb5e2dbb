using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>
/// Carries out one ticket: waits for its start, keeps off a server and a host that we are busy with, probes, and probes once more where that is due.
/// Politeness is decided here and nowhere else: one probe of a server at a time, four of a host.
/// </summary>
internal sealed class TicketRunner(ProbeCall probe, TimeProvider time)
{
    private const int ProbesPerHost = 4;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly KeyedGate<ServerKey> _servers = new(1, time);
    private readonly KeyedGate<string> _hosts = new(ProbesPerHost, time);

    /// <param name="ticket">The order.</param>
    /// <param name="received">Timestamp of its receipt.</param>
    /// <param name="stopping">We are asked to end: no second try any more.</param>
    /// <param name="abort">Breaks off a running try.</param>
    public async Task<TicketResult> RunAsync(
        ProbeTicket ticket,
        long received,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        await DelayAsync(ticket.StartIn - time.GetElapsedTime(received), abort);
        using var server = await _servers.EnterAsync(ticket.Server, Patience(ticket, received), abort);
        if (server is null)
        {
            return new TicketResult(ticket, [Busy(received)]);
        }

        var first = await TryAsync(ticket, received, abort);
        if (!RetryRule.Retries(ticket, first.Attempt, time.GetElapsedTime(received)))
        {
            return new TicketResult(ticket, [first]);
        }

        await DelayAsync(RetryRule.Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return stopping.IsCancellationRequested
            ? new TicketResult(ticket, [first])
            : new TicketResult(ticket, [first, await TryAsync(ticket, received, abort)]);
    }

    private async Task<ProbeResult> TryAsync(ProbeTicket ticket, long received, CancellationToken abort)
    {
        using var host = await _hosts.EnterAsync(ticket.Order.Url.IdnHost, Patience(ticket, received), abort);
        var startsAfter = time.GetElapsedTime(received);
        if (host is null || !RetryRule.HasRoom(ticket, startsAfter))
        {
            return Busy(received);
        }

        var result = await probe(ticket.Order, abort);
        return result with { Attempt = result.Attempt with { StartedAfter = startsAfter } };
    }

    /// <summary>No longer than politeness asks, and no longer than a try could still end in time.</summary>
    private TimeSpan Patience(ProbeTicket ticket, long received)
    {
        var room = ticket.LastEndIn - ticket.Order.Limits.Total - time.GetElapsedTime(received);
        return room < LongestWait ? room : LongestWait;
    }

    private ProbeResult Busy(long received) =>
        new()
        {
            Attempt = new ProbeAttempt
            {
                State = ServerState.Unknown,
                Why = Why.HostBusy,
                StartedAfter = time.GetElapsedTime(received),
            },
            Observed = new Observed(),
        };

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, time, cancellationToken) : Task.CompletedTask;
}

/// <summary>One try.</summary>
internal delegate Task<ProbeResult> ProbeCall(ProbeOrder order, CancellationToken cancellationToken);
