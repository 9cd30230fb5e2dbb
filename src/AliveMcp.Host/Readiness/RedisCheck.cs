using AliveMcp.Storage.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AliveMcp.Host.Readiness;

/// <summary>The connection to the Redis-protocol server stands.</summary>
internal sealed class RedisCheck(RedisDoor redis) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            redis.IsConnected
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, "does not answer")
        );
}
