using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.SelfTest;

/// <summary>Asks every five seconds whether it is time for the next made-up incident.</summary>
internal sealed class SelfTestLoop(SelfTestRound round, LoopShell shell) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("self_test", round.RunAsync, shell.Every(TimeSpan.FromSeconds(5)), stoppingToken);
}
