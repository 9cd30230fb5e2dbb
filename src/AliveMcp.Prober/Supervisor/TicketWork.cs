using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.Supervisor;

/// <summary>The tickets of one lane in work, each on its own, never more than the lane has places: a flood of one lane takes none of another's.</summary>
internal sealed partial class TicketWork(
    LanePlaces lane,
    TicketErrand errand,
    TimeProvider time,
    ILogger<TicketWork> logger
)
{
    private readonly SemaphoreSlim _free = new(lane.Places);

    public Lane Lane => lane.Lane;

    /// <summary>Waits until there is room.</summary>
    /// <returns>For how many tickets.</returns>
    public async Task<int> RoomAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return _free.Release() + 1;
    }

    /// <summary>Takes a ticket into work. There must be room, as <see cref="RoomAsync"/> said.</summary>
    public async Task StartAsync(ProbeTicket ticket, CancellationToken stopping, CancellationToken abort)
    {
        var taken = new TakenTicket(ticket, lane.Lane, time.GetTimestamp());
        await _free.WaitAsync(abort);
        _ = CarryOutAsync(taken, stopping, abort);
    }

    /// <summary>Waits until everything in work has ended.</summary>
    public async Task EndAsync(CancellationToken abort)
    {
        for (var place = 0; place < lane.Places; place++)
        {
            await _free.WaitAsync(abort);
        }
    }

    private async Task CarryOutAsync(TakenTicket taken, CancellationToken stopping, CancellationToken abort)
    {
        try
        {
            await errand.RunAsync(taken, stopping, abort);
        }
        catch (Exception fault)
        {
            // One ticket's trouble is that ticket's: its region stays silent for the minute.
            if (!abort.IsCancellationRequested)
            {
                TicketLost(logger, taken.Ticket.Server, taken.Ticket.Minute, fault);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Ticket of {Server} for {Minute} is lost.")]
    private static partial void TicketLost(ILogger logger, ServerKey server, MinuteStamp minute, Exception fault);
}
