using AliveMcp.Prober.Supervisor;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.DeskClient;

/// <summary>
/// Tells the desk what cells did, so that an operator need not read our log. Nothing waits for it: what cannot be told is told later, or not at all.
/// </summary>
internal sealed partial class CellPost(
    Desk desk,
    CellBook book,
    TenantKills kills,
    TimeProvider time,
    ILogger<CellPost> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(2);

    private readonly List<CellLine> _batch = new(CellReport.Most);

    /// <summary>Cells have ended by now: their last rows are told as well, if the desk is quick.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var patience = new CancellationTokenSource(LastWord, time);
        await TellAsync(patience.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TellAsync(stoppingToken);
        }
    }

    /// <summary>Tells what there is to tell, up to the first failure.</summary>
    internal async Task TellAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && Next() is { } report)
        {
            try
            {
                if (!await desk.TellAsync(report, cancellationToken))
                {
                    NotWanted(logger, report.Cells.Count);
                }

                _batch.Clear();
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                if (!cancellationToken.IsCancellationRequested)
                {
                    NotTold(logger, report.Cells.Count, fault.Message);
                }

                return;
            }

            if (!book.Untold.TryPeek(out _))
            {
                return;
            }
        }
    }

    private CellReport? Next()
    {
        while (_batch.Count < CellReport.Most && book.Untold.TryRead(out var row))
        {
            _batch.Add(row.ToLine());
        }

        var killed = kills
            .Standing()
            .OrderByDescending(tenant => tenant.Kills)
            .Take(CellReport.Most)
            .Select(tenant => new CellKills(tenant.Tenant.Value, tenant.Kills, tenant.IsThrottled))
            .ToList();
        return _batch.Count + killed.Count == 0
            ? null
            : new CellReport(desk.Prober) { Cells = [.. _batch], Kills = killed };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The desk does not want {Count} rows of cells.")]
    private static partial void NotWanted(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} rows of cells not told yet: {Fault}")]
    private static partial void NotTold(ILogger logger, int count, string fault);
}
