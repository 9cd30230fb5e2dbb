using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Servers.Erasure;

/// <summary>Runs the drill once a day, in one process of however many, and alarms when anything is left: an error in the log and a count of outcomes.</summary>
internal sealed partial class ErasureDrillLoop(ErasureDrill drill, TimeProvider clock, ILogger<ErasureDrillLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);
    private readonly Meter _meter = new("AliveMcp.Servers");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var runs = _meter.CreateCounter<long>(
            "alivemcp.erasure.drills",
            description: "Drills of erasure by outcome: ok, left or failed. Anything but ok wants an operator."
        );
        using var timer = new PeriodicTimer(Look, clock);

        // Not at once: a start has better things to do, and whoever restarts often is not drilled often.
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (await RunAsync(stoppingToken) is { } outcome)
            {
                runs.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
            }
        }
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    private async Task<string?> RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!await drill.TakeTurnAsync(Period, stoppingToken))
            {
                return null;
            }

            var outcome = await drill.RunAsync(stoppingToken);
            if (outcome.IsOk)
            {
                Went(outcome);
                return "ok";
            }

            Left(outcome);
            return "left";
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            Failed(fault);
            return "failed";
        }
    }

    [LoggerMessage(LogLevel.Information, "Erasure drill: {Outcome}")]
    private partial void Went(DrillOutcome outcome);

    [LoggerMessage(LogLevel.Error, "Erasure drill: erasure leaves something behind; {Outcome}")]
    private partial void Left(DrillOutcome outcome);

    [LoggerMessage(LogLevel.Error, "Erasure drill: could not be run")]
    private partial void Failed(Exception fault);
}
