using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Looks;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Desk;

/// <summary>Hands out a region's due tickets. A ticket that is handed out has left the queue: if it is lost the region is silent.</summary>
internal sealed class TicketDesk(
    LeaseScript lease,
    LiveRegions fleet,
    TicketExpander expander,
    LookTickets looks,
    TimeProvider time
)
{
    /// <summary>Most tickets of one lease.</summary>
    public const int Most = 200;

    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(2);

    // A blocking pop would stall the one connection that all requests share, so the desk asks again and again.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(400);

    public async Task<IReadOnlyList<ProbeTicket>> LeaseAsync(
        WatchRegion caller,
        Lane lane,
        LeaseRequest request,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        var most = Math.Clamp(request.Max, 1, Most);
        await fleet.NoteAsync(caller.Region, request.Prober);
        while (true)
        {
            // A caller who is gone must not take tickets along.
            cancellationToken.ThrowIfCancellationRequested();
            var tickets =
                lane == Lane.Now
                    ? await LooksAsync(caller, request.Prober, most)
                    : await ExpandAsync(
                        caller,
                        lane,
                        request.Prober,
                        await lease.RunAsync(caller.Region, lane, most, Ahead)
                    );
            if (tickets.Count > 0 || time.GetElapsedTime(began) >= LongPoll)
            {
                return tickets;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ProbeTicket>> LooksAsync(WatchRegion caller, string prober, int most) =>
        await looks.MakeAsync(caller, prober, await lease.RunAsync(caller.Region, most), CancellationToken.None);

    /// <summary>What has left the queue and cannot be made into tickets (Postgres is away, say) goes back for whoever asks next.</summary>
    private async Task<IReadOnlyList<ProbeTicket>> ExpandAsync(
        WatchRegion caller,
        Lane lane,
        string prober,
        Lease leased
    )
    {
        try
        {
            // Not the caller's token: the tickets have left the queue, and a prober that hangs up now must not take them along.
            return await expander.ExpandAsync(caller, lane, prober, leased, CancellationToken.None);
        }
        catch
        {
            await lease.ReturnAsync(caller.Region, lane, leased.Tickets);
            throw;
        }
    }
}
