using AliveMcp.Tenancy.Isolation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AliveMcp.Host.Readiness;

/// <summary>Tenants are kept apart, as of the last look. A process that might show one the other's things serves nobody.</summary>
internal sealed class IsolationCheck(IsolationWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            watch.Faults.Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("tenants are not kept apart: see the log")
        );
}
