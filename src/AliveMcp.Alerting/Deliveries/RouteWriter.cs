using AliveMcp.Alerting.Messages;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Writes what the router decided, in its transaction.</summary>
internal sealed class RouteWriter(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    private const string Insert = """
        INSERT INTO alerting.delivery (tenant_id, sink_id, alert_id, incident_id, rule_id, type, severity, once_key, message, next_at,
            after_minutes, held, created_at, give_up_at)
        SELECT tenant_id, sink_id, NULLIF(alert_id, 0), NULLIF(incident_id, 0), NULLIF(rule_id, 0), type, severity, once_key,
            message::jsonb, next_at, after_minutes, held, @now, next_at + @patience
        FROM unnest(@tenants, @sinks, @alerts, @incidents, @rules, @types, @severities, @keys, @messages, @times, @afters, @helds)
            AS planned (tenant_id, sink_id, alert_id, incident_id, rule_id, type, severity, once_key, message, next_at, after_minutes, held)
        ON CONFLICT (tenant_id, sink_id, once_key) DO NOTHING
        """;

    public Task AddAsync(
        IReadOnlyCollection<PlannedDelivery> planned,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            now,
            patience = RetryPlan.Patience,
            tenants = planned.Select(row => row.TenantId).ToArray(),
            sinks = planned.Select(row => row.SinkId).ToArray(),
            alerts = planned.Select(row => row.AlertId ?? 0).ToArray(),
            incidents = planned.Select(row => row.IncidentId ?? 0).ToArray(),
            rules = planned.Select(row => row.RuleId ?? 0).ToArray(),
            types = planned.Select(row => (short)row.Type).ToArray(),
            severities = planned.Select(row => (short)row.Severity).ToArray(),
            keys = planned.Select(row => row.OnceKey).ToArray(),
            messages = planned.Select(row => AlertJson.Write(row.Message)).ToArray(),
            times = planned.Select(row => row.NextAt.ToUniversalTime()).ToArray(),
            afters = planned.Select(row => (short)row.AfterMinutes).ToArray(),
            helds = planned.Select(row => row.Held).ToArray(),
        };
        return ExecuteAsync(Insert, values, planned.Count, cancellationToken);
    }

    /// <summary>What waits for the end of the hour.</summary>
    public Task LeaveAsync(
        IReadOnlyCollection<LeftOver> left,
        DateTimeOffset hour,
        CancellationToken cancellationToken
    ) =>
        ExecuteAsync(
            """
            INSERT INTO alerting.overflow (tenant_id, server_id, alert_id, sink_id, hour)
            SELECT tenant_id, server_id, alert_id, sink_id, @hour
            FROM unnest(@tenants, @servers, @alerts, @sinks) AS left_over (tenant_id, server_id, alert_id, sink_id)
            ON CONFLICT (alert_id, sink_id) DO NOTHING
            """,
            new
            {
                hour,
                tenants = left.Select(row => row.TenantId).ToArray(),
                servers = left.Select(row => row.ServerId).ToArray(),
                alerts = left.Select(row => row.AlertId).ToArray(),
                sinks = left.Select(row => row.SinkId).ToArray(),
            },
            left.Count,
            cancellationToken
        );

    /// <summary>What nobody has heard and nobody needs to hear any more.</summary>
    public Task DropAsync(
        IReadOnlyCollection<long> deliveries,
        string why,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        ExecuteAsync(
            """
            UPDATE alerting.delivery SET state = 'dropped', ended_at = @now, last_detail = @why
            WHERE delivery_id = ANY (@deliveries) AND state = 'waiting'
            """,
            new
            {
                now,
                why,
                deliveries = deliveries.ToArray(),
            },
            deliveries.Count,
            cancellationToken
        );

    /// <summary>These are routed; they are not taken again.</summary>
    public Task MarkAsync(IReadOnlyCollection<long> alerts, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "UPDATE alerting.alert SET routed_at = @now WHERE alert_id = ANY (@alerts)",
            new { now, alerts = alerts.ToArray() },
            alerts.Count,
            cancellationToken
        );

    /// <summary>These wait for the end of a cluster of ours.</summary>
    public Task HoldAsync(IReadOnlyDictionary<long, long> held, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            UPDATE alerting.alert SET held_by = held.cluster
            FROM unnest(@alerts, @clusters) AS held (alert_id, cluster) WHERE alert.alert_id = held.alert_id
            """,
            new { alerts = held.Keys.ToArray(), clusters = held.Values.ToArray() },
            held.Count,
            cancellationToken
        );

    private Task ExecuteAsync(string sql, object values, int rows, CancellationToken cancellationToken) =>
        rows == 0
            ? Task.CompletedTask
            : connection.ExecuteAsync(
                new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
            );
}
