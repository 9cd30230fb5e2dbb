using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Budgets;

/// <summary>Writes the digests of the hour that ended; looks twice a minute.</summary>
internal sealed class DigestLoop(DigestWriter digests, LoopShell shell) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("digests", WriteAsync, shell.Every(TimeSpan.FromSeconds(30)), stoppingToken);

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (await digests.WriteAsync(cancellationToken) > 0) { }
    }
}
