using AliveMcp.Storage.Postgres;
using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Whether alerts leave in time, and whether something happened that must not: for whoever runs the install.</summary>
internal sealed class AlertLag(PostgresDoors doors, TimeProvider clock) : IHealthCheck
{
    /// <summary>What has waited for its route for longer than this waits for us, not for a sink.</summary>
    public static readonly TimeSpan Promised = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan TestPatience = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        const string sql = """
            SELECT (SELECT min(told_at) FROM alerting.alert WHERE routed_at IS NULL) AS Untold,
                (SELECT min(next_at) FROM alerting.delivery
                    WHERE state = 'waiting' AND (claimed_until IS NULL OR claimed_until < @now)) AS Unsent,
                (SELECT count(*)::int FROM alerting.operator_alarm WHERE ended_at IS NULL) AS Alarms,
                (SELECT min(told_at) FROM alerting.alert WHERE tenant_id = 0) AS TestedSince,
                (SELECT max(ended_at) FROM alerting.delivery WHERE tenant_id = 0 AND state = 'sent') AS Passed,
                (SELECT last_detail FROM alerting.delivery
                    WHERE tenant_id = 0 AND state <> 'waiting' ORDER BY delivery_id DESC LIMIT 1) AS Told
            """;
        var now = clock.GetUtcNow();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<Row>(
            new CommandDefinition(sql, new { now }, cancellationToken: cancellationToken)
        );
        string?[] faults =
        [
            IsLate(row.Untold, now) ? $"An alert has waited for its route for {Seconds(row.Untold, now)} s." : null,
            IsLate(row.Unsent, now) ? $"A message has been due for {Seconds(row.Unsent, now)} s." : null,
            SelfTest(row, now),
            row.Alarms > 0 ? $"{row.Alarms} alarms for operators are open (alerting.operator_alarm)." : null,
        ];
        var told = string.Join(' ', faults.OfType<string>());
        return told.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(told);
    }

    /// <summary>A made-up incident passes every minute; some may be lost while things are started anew.</summary>
    private static string? SelfTest(Row row, DateTimeOffset now) =>
        now - row.TestedSince > TestPatience && !(now - row.Passed <= TestPatience)
            ? $"No self-test has come through for {Seconds(row.Passed ?? row.TestedSince, now)} s; the last said: {row.Told ?? "nothing"}"
            : null;

    private static bool IsLate(DateTimeOffset? since, DateTimeOffset now) => now - since > Promised;

    private static int Seconds(DateTimeOffset? since, DateTimeOffset now) => (int)(now - since)!.Value.TotalSeconds;

    /// <summary>Dapper fills instants into properties, not into constructors.</summary>
    private sealed class Row
    {
        public DateTimeOffset? Untold { get; init; }

        public DateTimeOffset? Unsent { get; init; }

        public int Alarms { get; init; }

        public DateTimeOffset? TestedSince { get; init; }

        public DateTimeOffset? Passed { get; init; }

        public string? Told { get; init; }
    }
}
