using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Incidents.ByHand;

/// <summary>Looks four times a second whether people did something that is to be told.</summary>
internal sealed class HandLoop(HandTelling telling, LoopShell shell) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("by_hand", telling.TellAsync, shell.Every(Poll), stoppingToken);
}
