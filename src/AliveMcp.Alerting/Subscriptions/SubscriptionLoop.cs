using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>Letters that ask go out every second; what was not confirmed, or is no longer public, is looked through with them.</summary>
internal sealed class SubscriptionLoop(SubscriptionCourier courier, SubscriptionSweep sweep, LoopShell shell)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int TurnsOfSweep = 60;
    private int _turns;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("subscriptions", ActAsync, shell.Every(Pause), stoppingToken);

    private async Task ActAsync(CancellationToken cancellationToken)
    {
        await courier.CarryAsync(SubscriptionKind.Email, cancellationToken);
        if (_turns++ % TurnsOfSweep == 0)
        {
            await sweep.SweepAsync(cancellationToken);
        }
    }
}
