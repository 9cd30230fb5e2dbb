using AliveMcp.Prober.Cell;
using AliveMcp.Prober.Supervisor;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.DeskClient;

/// <summary>Brings what a ticket's tries found to the desk: a list that it does not hold yet first, then the report.</summary>
internal sealed partial class ResultCourier(
    Desk desk,
    ReportPost post,
    TimeProvider time,
    ILogger<ResultCourier> logger
)
{
    /// <summary>The desk takes results for some seconds beyond the last end of a try.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ContractPatience = TimeSpan.FromSeconds(10);

    private readonly EvidenceThrift _evidence = new(time);

    public async Task DeliverAsync(TicketResult result, long received, CancellationToken abort)
    {
        var ticket = result.Ticket;
        var life = ticket.LastEndIn + Grace - time.GetElapsedTime(received);
        if (result.NewContract is { } contract)
        {
            await BringAsync(result, contract, abort);
        }

        var report = result.ToReport(_evidence.Sends(ticket.Server, result.Better.Attempt.Why));
        await post.AddAsync(report, life, abort);
    }

    /// <summary>A list that could not be brought is brought with the next probe: the desk goes on naming the old one.</summary>
    private async Task BringAsync(TicketResult result, SeenContract contract, CancellationToken abort)
    {
        var ticket = result.Ticket;
        var version = result.Better.Observed.ProtocolVersion;
        using var patience = new CancellationTokenSource(ContractPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, abort);
        try
        {
            if (!await desk.PutContractAsync(ticket, contract, version, either.Token))
            {
                NotWanted(logger, ticket.Server, contract.FullHash);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            NotBrought(logger, ticket.Server, fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The desk does not want contract {Hash} of {Server}.")]
    private static partial void NotWanted(ILogger logger, Vocabulary.ServerKey server, string hash);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Contract of {Server} not brought: {Fault}")]
    private static partial void NotBrought(ILogger logger, Vocabulary.ServerKey server, string fault);
}
