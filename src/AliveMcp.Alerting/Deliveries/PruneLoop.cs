using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Every ten minutes a batch of what is too old.</summary>
internal sealed class PruneLoop(AlertPruning pruning, LoopShell shell) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("alert_pruning", pruning.PruneAsync, shell.Every(Every), stoppingToken);
}
