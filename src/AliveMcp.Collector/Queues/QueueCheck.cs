using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AliveMcp.Collector.Queues;

/// <summary>A queue that backs up is told, and never makes a collector unready: to take one away would make it worse.</summary>
internal sealed class QueueCheck(QueueWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var names = watch
            .Standings.Where(row => row.IsAlarmed)
            .Select(row => $"{row.Queue.Region} {LaneWords.Name(row.Queue.Lane)}")
            .ToList();
        return Task.FromResult(
            names.Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"Probers fall behind: {string.Join(", ", names)}.")
        );
    }
}
