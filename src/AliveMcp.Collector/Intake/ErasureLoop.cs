using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Collector.Intake;

/// <summary>Looks for erased servers every few seconds. A failure is told, and the same server is taken again.</summary>
internal sealed partial class ErasureLoop(ErasedServers erased, TimeProvider time, ILogger<ErasureLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await erased.ForgetAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                ForgettingFailed(logger, fault);
            }

            await Task.Delay(Rest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Keys of an erased server could not be deleted; they are taken again."
    )]
    private static partial void ForgettingFailed(ILogger logger, Exception fault);
}
