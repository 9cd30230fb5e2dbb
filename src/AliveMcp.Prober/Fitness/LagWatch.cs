using Microsoft.Extensions.Hosting;

namespace AliveMcp.Prober.Fitness;

/// <summary>Ticks on the same threads that read strangers' answers.</summary>
internal sealed class LagWatch(LoopLag lag, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            lag.Tick();
            await Task.Delay(LoopLag.Period, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
