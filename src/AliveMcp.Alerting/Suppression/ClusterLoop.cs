using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Suppression;

/// <summary>Looks for clusters every second, and every ten at what is new about servers and at what was erased of bundles.</summary>
internal sealed class ClusterLoop(
    ReachIntake reaches,
    OriginLedger origins,
    ClusterWatch watch,
    BundleSweep bundles,
    LoopShell shell
) : BackgroundService
{
    private const int LearnEvery = 10;
    private int _look;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("clusters", LookAsync, shell.Every(TimeSpan.FromSeconds(1)), stoppingToken);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_look++ % LearnEvery == 0)
        {
            await reaches.TakeAsync(cancellationToken);
            await origins.LearnAsync(cancellationToken);
            await bundles.LookAsync(cancellationToken);
        }

        await watch.LookAsync(cancellationToken);
    }
}
