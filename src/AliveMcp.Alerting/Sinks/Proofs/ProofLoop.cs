using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Sinks.Proofs;

/// <summary>Sends proofs within a second of being asked for.</summary>
internal sealed class ProofLoop(ProofCourier courier, LoopShell shell) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("sink-proofs", courier.CarryAsync, shell.Every(Pause), stoppingToken);
}
