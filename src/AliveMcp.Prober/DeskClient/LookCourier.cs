using System.Threading.Channels;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.DeskClient;

/// <summary>Has a live look carried out and brings its steps to the desk as they end, and what it said behind them.</summary>
internal sealed partial class LookCourier(Desk desk, TimeProvider time, ILogger<LookCourier> logger)
{
    private const int MostPosts = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <param name="ticket">The look's ticket.</param>
    /// <param name="run">Carries it out.</param>
    /// <param name="abort">Gives up.</param>
    public async Task DeliverAsync(
        TakenTicket ticket,
        Func<TakenTicket, Task<TicketResult>> run,
        CancellationToken abort
    )
    {
        var steps = Channel.CreateBounded<LookStep>(
            new BoundedChannelOptions(LookStep.Most) { SingleReader = true, SingleWriter = false }
        );
        // When a second cell makes the look because the first one ended, its steps come behind those of the first.
        var telling = TellAsync(ticket, steps.Reader, abort);
        TicketResult result;
        try
        {
            result = await run(ticket with { Heard = step => steps.Writer.TryWrite(step) });
        }
        finally
        {
            steps.Writer.TryComplete();
        }

        var unsent = await telling;
        var last = Report(ticket, unsent) with { Attempt = result.Better.Attempt, Observed = result.Better.Observed };
        for (var post = 1; !await TryPostAsync(last, post, abort) && post < MostPosts; post++)
        {
            await Task.Delay(Pause * post, time, abort);
        }
    }

    /// <returns>Steps that the desk did not take yet.</returns>
    private async Task<IReadOnlyList<LookStep>> TellAsync(
        TakenTicket ticket,
        ChannelReader<LookStep> steps,
        CancellationToken abort
    )
    {
        var unsent = new List<LookStep>();
        var count = 0;
        while (await steps.WaitToReadAsync(abort))
        {
            while (count < LookStep.Most && steps.TryRead(out var step))
            {
                unsent.Add(step with { Number = ++count });
            }

            while (count == LookStep.Most && steps.TryRead(out _))
            {
                // More than anybody would read.
            }

            if (unsent.Count > 0 && await TryPostAsync(Report(ticket, [.. unsent]), MostPosts, abort))
            {
                unsent.Clear();
            }
        }

        return unsent;
    }

    private StepReport Report(TakenTicket ticket, IReadOnlyList<LookStep> steps) =>
        new()
        {
            Prober = desk.Prober,
            Look = ticket.Ticket.Look!,
            Server = ticket.Ticket.Server,
            Region = ticket.Ticket.Region,
            Signature = ticket.Ticket.Signature,
            Steps = steps,
        };

    /// <returns>False when it is worth trying again.</returns>
    private async Task<bool> TryPostAsync(StepReport report, int post, CancellationToken abort)
    {
        try
        {
            if (!await desk.TellAsync(report, abort))
            {
                NotWanted(logger, report.Server);
            }

            return true;
        }
        catch (Exception fault)
            when (fault is HttpRequestException
                || (fault is OperationCanceledException && !abort.IsCancellationRequested)
            )
        {
            if (post == MostPosts)
            {
                NotTold(logger, report.Server, fault.Message);
            }

            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Nobody waits any more for a live look at {Server}.")]
    private static partial void NotWanted(ILogger logger, Vocabulary.ServerKey server);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Steps of a live look at {Server} not told: {Fault}")]
    private static partial void NotTold(ILogger logger, Vocabulary.ServerKey server, string fault);
}
