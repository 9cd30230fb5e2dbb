using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Kinds;

/// <summary>Looks after what ends by itself.</summary>
internal sealed class ExpiryLoop(ExpiryAlerts expiry, LoopShell shell) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("expiry", expiry.LookAsync, shell.Every(TimeSpan.FromSeconds(5)), stoppingToken);
}
