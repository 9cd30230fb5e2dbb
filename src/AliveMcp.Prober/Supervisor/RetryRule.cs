using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>Whether a try gets a second one. Pure.</summary>
internal static class RetryRule
{
    /// <summary>Between the end of the first try and the start of the second.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestRetried = TimeSpan.FromSeconds(15);

    /// <param name="ticket">What was ordered.</param>
    /// <param name="first">How the first try went.</param>
    /// <param name="endedAfter">From the receipt of the ticket to its end.</param>
    public static bool Retries(ProbeTicket ticket, ProbeAttempt first, TimeSpan endedAfter) =>
        first.State != ServerState.Live
        // A server that asks us to come less often is not asked again at once.
        && first.Why != Why.RateLimited
        // Nor is one that asked us to stay away, nor a tenant hurried that is looked at less often.
        && first.Why is not (Why.TenantThrottled or Why.WatchDeclined)
        && ticket.MayRetry
        // Else a slower target would fare better than a dead one.
        && ticket.Order.Limits.Total <= LongestRetried
        && HasRoom(ticket, endedAfter + Pause);

    /// <summary>Whether a try that starts then ends in time, whatever the target does.</summary>
    public static bool HasRoom(ProbeTicket ticket, TimeSpan startsAfter) =>
        startsAfter + ticket.Order.Limits.Total <= ticket.LastEndIn;
}
