using AliveMcp.Prober.DeskClient;

namespace AliveMcp.Prober.Supervisor;

/// <summary>One ticket from its start to its report: a minute's goes with the batch of results, a live look's step by step.</summary>
internal sealed class TicketErrand(TicketRunner runner, ResultCourier results, LookCourier looks)
{
    /// <inheritdoc cref="TicketRunner.RunAsync"/>
    public async Task RunAsync(TakenTicket taken, CancellationToken stopping, CancellationToken abort)
    {
        if (taken.Ticket.Look is not null)
        {
            await looks.DeliverAsync(taken, look => runner.RunAsync(look, stopping, abort), abort);
            return;
        }

        var result = await runner.RunAsync(taken, stopping, abort);
        await results.DeliverAsync(result, taken.Received, abort);
    }
}
