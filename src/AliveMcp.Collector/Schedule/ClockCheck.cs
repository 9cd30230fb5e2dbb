using AliveMcp.Storage.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AliveMcp.Collector.Schedule;

/// <summary>
/// Not ready while our own clock and the path's one clock part: minutes go by that one, but memories, evidence and logs by ours.
/// </summary>
internal sealed class ClockCheck(RedisClock clock, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(5);

    /// <summary>A server that falls silent is not waited for: that, too, is not ready.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var before = time.GetUtcNow();
        var theirs = await clock.NowAsync().WaitAsync(Patience, time, cancellationToken);
        var apart = theirs < before ? before - theirs : theirs - time.GetUtcNow();
        return apart <= Allowed
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(
                $"This machine's clock and that of Redis are {apart.TotalSeconds:0} s apart; 5 s are allowed."
            );
    }
}
