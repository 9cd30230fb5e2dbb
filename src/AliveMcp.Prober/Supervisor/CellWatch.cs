using Microsoft.Extensions.Hosting;

namespace AliveMcp.Prober.Supervisor;

/// <summary>Looks after the cells once a second, and ends them when everything else has ended.</summary>
internal sealed class CellWatch(Cells cells, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await cells.StopAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await cells.WarmAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            cells.Look();
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
