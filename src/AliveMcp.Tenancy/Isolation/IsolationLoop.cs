using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Tenancy.Isolation;

/// <summary>Looks every five minutes whether tenants are kept apart. What it finds is an error in the log, a number in the metrics, and takes the process out of service.</summary>
internal sealed partial class IsolationLoop(IsolationWatch watch, TimeProvider clock, ILogger<IsolationLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private readonly Meter _meter = new("AliveMcp.Tenancy");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _meter.CreateObservableGauge(
            "alivemcp.isolation.faults",
            () => watch.Faults.Count,
            description: "Ways in which tenants are not kept apart in the live database, as of the last look. Anything but 0 wants an operator at once."
        );
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                foreach (var fault in await watch.LookAsync(stoppingToken))
                {
                    Leaks(fault);
                }
            }
            catch (NpgsqlException fault)
            {
                Failed(fault);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "Tenants are not kept apart: {Fault}")]
    private partial void Leaks(string fault);

    [LoggerMessage(LogLevel.Warning, "Whether tenants are kept apart could not be looked at; trying again")]
    private partial void Failed(Exception fault);
}
