using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Sinks.Proofs;

/// <summary>Looks at verified sinks and tells owners of trouble, every half minute.</summary>
internal sealed class WatchLoop(SinkWatch watch, OwnerLetters letters, LoopShell shell) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("sink-watch", ActAsync, shell.Every(Pause), stoppingToken);

    private async Task ActAsync(CancellationToken stoppingToken)
    {
        await watch.LookAsync(stoppingToken);
        await letters.TellAsync(stoppingToken);
    }
}
