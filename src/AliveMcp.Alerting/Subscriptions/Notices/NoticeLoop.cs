using AliveMcp.Storage.Loops;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>Looks every five seconds what is to be told: visitors are not woken by it.</summary>
internal sealed class NoticeLoop(NoticeWriter writer, LoopShell shell) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        shell.RunAsync("notices", writer.WriteAsync, shell.Every(Pause), stoppingToken);
}
