using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AliveMcp.Archive.Drain;

/// <summary>An archive that falls behind is told, and never makes an archiver unready: to take one away would make it worse.</summary>
internal sealed class LagCheck(DrainWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var behind = watch.Behind;
        return Task.FromResult(
            behind <= DrainWatch.Promised
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded(
                    $"The archive is {behind.TotalSeconds:0} s behind; {DrainWatch.Promised.TotalSeconds:0} s are promised."
                )
        );
    }
}
