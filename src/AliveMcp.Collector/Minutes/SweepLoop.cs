using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Collector.Minutes;

/// <summary>Sweeps every second. A sweep that fails is told and made good by the next.</summary>
internal sealed partial class SweepLoop(MinuteSweep sweep, TimeProvider time, ILogger<SweepLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await sweep.SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                SweepFailed(logger, fault);
            }

            await Task.Delay(Rest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweep failed; the next one seals what is over.")]
    private static partial void SweepFailed(ILogger logger, Exception fault);
}
