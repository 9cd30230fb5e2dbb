using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Archive.Drift;

/// <summary>Declares drift, again and again.</summary>
internal sealed class DriftLoop(MemoryWatch memories, DriftDeclarer declarer, LoopShell shell) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("drift", RunAsync, shell.Every(TimeSpan.FromSeconds(5)), stoppingToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await memories.LookAsync(cancellationToken);
        await declarer.DeclareAsync(cancellationToken);
    }
}
