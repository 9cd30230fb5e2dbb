using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Servers.Erasure;

/// <summary>Runs the eraser again and again.</summary>
internal sealed partial class ServerEraserLoop(
    ServerEraser eraser,
    TenantEraser tenants,
    TimeProvider clock,
    ILogger<ServerEraserLoop> logger
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
                var erased = await eraser.RunAsync(stoppingToken);
                await tenants.FinishAsync(stoppingToken);
                if (erased > 0)
                {
                    Erased(erased);
                }
            }
            catch (NpgsqlException fault)
            {
                // Postgres is away: what was asked for stands in its row and waits.
                Failed(fault);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Information, "Servers erased: {Count}")]
    private partial void Erased(int count);

    [LoggerMessage(LogLevel.Warning, "Servers to erase could not be erased; trying again")]
    private partial void Failed(Exception fault);
}
