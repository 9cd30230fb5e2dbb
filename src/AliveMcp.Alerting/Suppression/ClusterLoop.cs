using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Suppression;

/// <summary>Looks for clusters every second, and every ten at how servers are reached, at new ones, and at what was erased of bundles.</summary>
internal sealed class ClusterLoop(
    ReachIntake reaches,
    OriginLedger origins,
    ClusterWatch watch,
    BundleSweep bundles,
    LoopShell shell
) : BackgroundService
{
    private static readonly TimeSpan Learn = TimeSpan.FromSeconds(10);

    /// <summary>Each by itself: what cannot be read of one keeps the others from nothing.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            shell.RunAsync("reach", reaches.TakeAsync, shell.Every(Learn), stoppingToken),
            shell.RunAsync("origins", origins.LearnAsync, shell.Every(Learn), stoppingToken),
            shell.RunAsync("bundles", bundles.LookAsync, shell.Every(Learn), stoppingToken),
            shell.RunAsync("clusters", watch.LookAsync, shell.Every(TimeSpan.FromSeconds(1)), stoppingToken)
        );
}
