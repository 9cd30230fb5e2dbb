using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>What a ticket's tries found, in their order.</summary>
internal sealed record TicketResult(ProbeTicket Ticket, IReadOnlyList<TryResult> Tries)
{
    /// <summary>The try that stands: live before degraded before down before unknown, of equals the first.</summary>
    public TryResult Better { get; } =
        Tries.MinBy(tried =>
            tried.Attempt.State switch
            {
                ServerState.Live => 0,
                ServerState.Degraded => 1,
                ServerState.Down => 2,
                _ => 3,
            }
        )!;

    /// <summary>A list that the desk does not hold yet; else null.</summary>
    public SeenContract? NewContract => Better.Contract;

    /// <param name="withEvidence">Whether what proves a failure travels along.</param>
    public TicketReport ToReport(bool withEvidence) =>
        new()
        {
            Server = Ticket.Server,
            Minute = Ticket.Minute,
            Region = Ticket.Region,
            Signature = Ticket.Signature,
            Attempts = [.. Tries.Select(tried => tried.Attempt)],
            Observed = Better.Observed with
            {
                Requests = Tries.Sum(tried => tried.Observed.Requests),
                Bytes = Tries.Sum(tried => tried.Observed.Bytes),
            },
            Evidence = withEvidence ? Better.Evidence?.Pack() : null,
        };
}
