using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Sends what is due again and again; looks five times a second when nothing is. What is on its way when asked to stop is finished.</summary>
internal sealed class DeliveryLoop(DeliveryRunner runner, LoopShell shell) : BackgroundService
{
    private bool _more;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = shell.Every(TimeSpan.FromMilliseconds(200));
        await shell.RunAsync(
            "deliver",
            SendDueAsync,
            token => _more ? Task.CompletedTask : pause(token),
            stoppingToken
        );
        await runner.WhenIdleAsync();
    }

    private async Task SendDueAsync(CancellationToken cancellationToken)
    {
        _more = false;
        _more = await runner.StartAsync(CancellationToken.None) > 0;
        cancellationToken.ThrowIfCancellationRequested();
    }
}
