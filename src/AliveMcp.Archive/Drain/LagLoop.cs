using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Archive.Drain;

/// <summary>Looks how far behind the archive is, beside the drain: one that hangs says nothing of itself.</summary>
internal sealed class LagLoop(DrainWatch watch, LoopShell shell) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("lag", LookAsync, shell.Every(TimeSpan.FromSeconds(5)), stoppingToken);

    private Task LookAsync(CancellationToken cancellationToken)
    {
        watch.Look();
        return Task.CompletedTask;
    }
}
