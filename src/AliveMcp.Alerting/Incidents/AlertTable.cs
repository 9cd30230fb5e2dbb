using AliveMcp.Alerting.Messages;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Incidents;

/// <summary>Alerts, as loops write them for the router.</summary>
internal static class AlertTable
{
    /// <summary>Writes those that were not told yet; how many those were.</summary>
    public static Task<int> WriteAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<NewAlert> alerts,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
            SELECT one.tenant_id, one.server_id, one.incident_id, one.type, one.kind, one.severity, one.told_key, one.sealed_at, one.message::jsonb
            FROM unnest(@tenants, @servers, @incidents, @types, @kinds, @severities, @keys, @seals, @messages)
                AS one (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
            ON CONFLICT (tenant_id, told_key) DO NOTHING
            """;
        var values = new
        {
            tenants = alerts.Select(alert => alert.Server.Tenant.Value).ToArray(),
            servers = alerts.Select(alert => alert.Server.Server.Value).ToArray(),
            incidents = alerts.Select(alert => alert.Incident).ToArray(),
            types = alerts.Select(alert => (short)alert.Type).ToArray(),
            kinds = alerts.Select(alert => (short)alert.Kind).ToArray(),
            severities = alerts.Select(alert => (short)alert.Severity).ToArray(),
            keys = alerts.Select(alert => alert.ToldKey).ToArray(),
            seals = alerts.Select(alert => alert.SealedAt).ToArray(),
            messages = alerts.Select(alert => AlertJson.Write(alert.Message)).ToArray(),
        };
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
    }
}
