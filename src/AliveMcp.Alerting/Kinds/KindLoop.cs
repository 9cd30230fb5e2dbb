using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Kinds;

/// <summary>Looks after the kinds that are not seen in minutes one by one: drift as it is told, budgets, latencies and our own regions once a minute.</summary>
internal sealed class KindLoop(
    DriftAlerts drift,
    BurnAlerts burn,
    LatencyAlerts latency,
    ProberAlarms probers,
    LoopShell shell
) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("kinds", LookAsync, shell.Every(TimeSpan.FromSeconds(2)), stoppingToken);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await drift.TakeAsync(cancellationToken);
        await burn.LookAsync(cancellationToken);
        await latency.LookAsync(cancellationToken);
        await probers.LookAsync(cancellationToken);
    }
}
