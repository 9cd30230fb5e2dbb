using AliveMcp.Archive.Hours;
using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Archive.Rollups;

/// <summary>Closes what is over and packs what is dirty: hours, the days that are made of them, the months that are made of those.</summary>
internal sealed class PackLoop(HourCloser closer, RollupPacker packer, ClockAgreement clocks, LoopShell shell)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("pack", PackAsync, shell.Every(TimeSpan.FromSeconds(5)), stoppingToken);

    /// <summary>One round.</summary>
    public async Task PackAsync(CancellationToken cancellationToken)
    {
        if (await clocks.HoldsAsync())
        {
            await closer.CloseAsync(cancellationToken);
        }

        foreach (var grain in (Grain[])[HourGrain.Hours, SumGrain.Days, SumGrain.Months])
        {
            await packer.PackAsync(grain, cancellationToken);
        }
    }
}
