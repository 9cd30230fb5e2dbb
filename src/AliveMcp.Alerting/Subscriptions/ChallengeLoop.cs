using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>Challenges go out every second, on a way of their own: webhooks that hang hold up no letter.</summary>
internal sealed class ChallengeLoop(SubscriptionCourier courier, LoopShell shell) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync(
            "challenges",
            stopping => courier.CarryAsync(SubscriptionKind.Webhook, stopping),
            shell.Every(Pause),
            stoppingToken
        );
}
