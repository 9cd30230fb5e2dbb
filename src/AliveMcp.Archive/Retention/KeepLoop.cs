using AliveMcp.Archive.Drain;
using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Archive.Retention;

/// <summary>Keeps the house in order: partitions ahead and behind, and what was set aside.</summary>
internal sealed class KeepLoop(
    MinuteRetention retention,
    HistoryTurn history,
    SetAsideRetry setAside,
    ClockAgreement clocks,
    LoopShell shell
) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("keep", KeepAsync, shell.Every(TimeSpan.FromMinutes(1)), stoppingToken);

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (await clocks.HoldsAsync())
        {
            await retention.TurnAsync(cancellationToken);
            await history.TurnAsync(cancellationToken);
        }

        await setAside.RetryAsync(cancellationToken);
    }
}
