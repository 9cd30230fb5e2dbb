using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Routes alerts again and again; looks five times a second when nothing waits.</summary>
internal sealed class RouteLoop(AlertRouter router, LoopShell shell) : BackgroundService
{
    private bool _more;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = shell.Every(TimeSpan.FromMilliseconds(200));
        return shell.RunAsync("route", RouteAsync, token => _more ? Task.CompletedTask : pause(token), stoppingToken);
    }

    private async Task RouteAsync(CancellationToken cancellationToken)
    {
        _more = false;
        _more = await router.RouteAsync(cancellationToken) > 0;
    }
}
