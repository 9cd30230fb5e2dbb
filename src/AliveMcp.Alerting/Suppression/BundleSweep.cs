using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Alerting.Suppression;

/// <summary>
/// Ends bundles whose last failing server was erased: an incident that is gone can no longer say that it is over. Who was told hears the end
/// through the incident that lent its number; when that one was erased, nothing is left to end.
/// </summary>
internal sealed class BundleSweep(PostgresDoors doors, TimeProvider clock)
{
    private const string Sql = """
        WITH over AS (
            SELECT b.bundle_id, b.tenant_id, b.lead_incident FROM alerting.bundle AS b
            WHERE b.resolved_at IS NULL AND NOT EXISTS (
                SELECT FROM alerting.bundle_member AS m WHERE m.bundle_id = b.bundle_id AND NOT m.is_over)),
        told AS (
            INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
            SELECT last.tenant_id, last.server_id, last.incident_id, 3, last.kind, last.severity, 'bundle:' || over.bundle_id || ':over',
                @now, last.message || jsonb_build_object('type', 'incident.resolved')
            FROM over CROSS JOIN LATERAL (
                SELECT a.* FROM alerting.alert AS a WHERE a.incident_id = over.lead_incident AND a.tenant_id = over.tenant_id
                ORDER BY a.alert_id DESC LIMIT 1) AS last
            ON CONFLICT (tenant_id, told_key) DO NOTHING)
        UPDATE alerting.bundle AS b SET resolved_at = @now FROM over
        WHERE b.bundle_id = over.bundle_id AND NOT EXISTS (
            SELECT FROM alerting.incident AS i WHERE i.incident_id = over.lead_incident)
        """;

    /// <summary>Looks once. A bundle in the hands of a router has a member that fails, or is over when it lets go of it.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(Sql, new { now = clock.GetUtcNow() }, cancellationToken: cancellationToken)
        );
    }
}
