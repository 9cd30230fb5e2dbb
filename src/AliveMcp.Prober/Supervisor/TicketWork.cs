using AliveMcp.Prober.DeskClient;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.Supervisor;

/// <summary>The tickets in work, each on its own, never more than the prober may have at one time.</summary>
internal sealed partial class TicketWork(
    TicketRunner runner,
    ResultCourier courier,
    ProberOptions options,
    TimeProvider time,
    ILogger<TicketWork> logger
)
{
    private readonly SemaphoreSlim _free = new(options.InFlight);

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
        var received = time.GetTimestamp();
        await _free.WaitAsync(abort);
        _ = CarryOutAsync(ticket, received, stopping, abort);
    }

    /// <summary>Waits until everything in work has ended.</summary>
    public async Task EndAsync(CancellationToken abort)
    {
        for (var place = 0; place < options.InFlight; place++)
        {
            await _free.WaitAsync(abort);
        }
    }

    private async Task CarryOutAsync(
        ProbeTicket ticket,
        long received,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        try
        {
            var result = await runner.RunAsync(ticket, received, stopping, abort);
            await courier.DeliverAsync(result, received, abort);
        }
        catch (Exception fault)
        {
            // One ticket's trouble is that ticket's: its region stays silent for the minute.
            if (!abort.IsCancellationRequested)
            {
                TicketLost(logger, ticket.Server, ticket.Minute, fault);
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
