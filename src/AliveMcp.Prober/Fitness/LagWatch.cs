using Microsoft.Extensions.Hosting;

namespace AliveMcp.Prober.Fitness;

/// <summary>Measures the supervisor's own loop; each cell measures its own.</summary>
internal sealed class LagWatch(LoopLag lag) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => lag.RunAsync(stoppingToken);
}
