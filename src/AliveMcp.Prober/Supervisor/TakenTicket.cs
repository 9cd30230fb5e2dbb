using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>A ticket as we got it.</summary>
/// <param name="Ticket">The order.</param>
/// <param name="Lane">The queue it came from.</param>
/// <param name="Received">Timestamp of its receipt.</param>
internal sealed record TakenTicket(ProbeTicket Ticket, Lane Lane, long Received)
{
    /// <summary>Is told the steps of a live look as they end, under a lock: it only notes them. Null: a minute's ticket.</summary>
    public Action<LookStep>? Heard { get; init; }

    /// <summary>
    /// Whether only a cell of its tenant may carry it out. A credential never goes into the shared cell, whatever lane brought it.
    /// </summary>
    public bool IsIsolated => Lane == Lane.Isolated || Ticket.Isolated || Ticket.Order.Credential is not null;
}
