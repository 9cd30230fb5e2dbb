using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Servers.Catalogue;

/// <summary>Takes what probes found changed, again and again.</summary>
internal sealed partial class ObservedChangesLoop(
    ObservedChanges changes,
    TimeProvider clock,
    ILogger<ObservedChangesLoop> logger
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await changes.TakeAsync(stoppingToken);
            }
            catch (NpgsqlException fault)
            {
                // Postgres is away: what was told stands in its row and waits.
                Failed(fault);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "What probes found changed could not be put on the timelines; trying again")]
    private partial void Failed(Exception fault);
}
