using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>
/// Lets go of what nobody asks for any more: first bad minutes after a day, the log of deliveries and told alerts after 90 days. Incidents stay,
/// and the alert that opened one stays with it, for it says where it was seen. What was sent of an incident that lasts stays too: its end goes
/// to the same places.
/// </summary>
internal sealed class AlertPruning(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>How long deliveries and alerts are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Clusters look back some minutes; whoever explains one, some hours.</summary>
    public static readonly TimeSpan FirstBadKept = TimeSpan.FromDays(1);

    private const int Batch = 5_000;

    /// <returns>How many rows went; as many as a batch means that there may be more.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM alerting.first_bad WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM alerting.first_bad WHERE sealed_at < @firstBad LIMIT @batch));
            DELETE FROM alerting.delivery WHERE delivery_id = ANY(ARRAY(
                SELECT delivery_id FROM alerting.delivery AS sent
                WHERE state <> 'waiting' AND ended_at < @old AND NOT EXISTS (
                    SELECT FROM alerting.incident WHERE incident.incident_id = sent.incident_id AND incident.state <> 'resolved')
                ORDER BY delivery_id LIMIT @batch));
            DELETE FROM alerting.alert WHERE alert_id = ANY(ARRAY(
                SELECT alert_id FROM alerting.alert AS told
                WHERE routed_at IS NOT NULL AND told_at < @old AND (type <> 1 OR incident_id IS NULL)
                    AND NOT EXISTS (SELECT FROM alerting.delivery WHERE delivery.alert_id = told.alert_id)
                ORDER BY alert_id LIMIT @batch));
            """;
        var now = clock.GetUtcNow();
        var values = new
        {
            firstBad = now - FirstBadKept,
            old = now - Kept,
            batch = Batch,
        };
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }
}
