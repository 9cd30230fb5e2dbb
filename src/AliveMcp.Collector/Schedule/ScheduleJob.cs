using Microsoft.Extensions.Logging;
using Quartz;

namespace AliveMcp.Collector.Schedule;

/// <summary>The one trigger's job: a tick, whose failure is told and made good by the next one.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ScheduleJob(ScheduleTick tick, ILogger<ScheduleJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await tick.RunAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            TickFailed(logger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Planning failed; the next tick plans what is still useful.")]
    private static partial void TickFailed(ILogger logger, Exception fault);
}
