using AliveMcp.Archive.Hours;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Archive.Rollups;

/// <summary>Closes what is over and packs what is dirty, hours before the days that are made of them.</summary>
internal sealed class PackLoop(HourCloser closer, HourPacker hours, DayPacker days, LoopShell shell) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("pack", PackAsync, shell.Every(TimeSpan.FromSeconds(5)), stoppingToken);

    /// <summary>One round.</summary>
    public async Task PackAsync(CancellationToken cancellationToken)
    {
        await closer.CloseAsync(cancellationToken);
        await hours.PackAsync(cancellationToken);
        await closer.AdvanceHoursAsync(cancellationToken);
        await days.PackAsync(cancellationToken);
        await closer.AdvanceDaysAsync(cancellationToken);
    }
}
