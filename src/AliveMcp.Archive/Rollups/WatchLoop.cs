using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Archive.Rollups;

/// <summary>Listens to what Servers tells about watching.</summary>
internal sealed class WatchLoop(WatchLedger ledger, LoopShell shell) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("watch", ledger.TakeAsync, shell.Every(TimeSpan.FromSeconds(1)), stoppingToken);
}
