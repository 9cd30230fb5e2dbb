using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>
/// Forgets what nobody needs: wishes that were not confirmed in time, subscribers of servers that have not been public for a week, notices
/// of long ago.
/// </summary>
internal sealed class SubscriptionSweep(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>A server that is made private by mistake keeps its readers; they hear nothing meanwhile.</summary>
    public static readonly TimeSpan KeptQuiet = TimeSpan.FromDays(7);

    private static readonly TimeSpan NoticesKept = TimeSpan.FromDays(90);
    private const int Batch = 5_000;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM alerting.subscription WHERE confirmed_at IS NULL AND expires_at <= @now;
            UPDATE alerting.subscription AS asked SET quiet_since = CASE WHEN server.server_id IS NULL THEN @now END
            FROM alerting.subscription AS one
                LEFT JOIN servers.server ON server.server_id = one.server_id AND server.visibility = 1 AND server.erase_asked_at IS NULL
            WHERE asked.subscription_id = one.subscription_id AND (server.server_id IS NULL) <> (asked.quiet_since IS NOT NULL);
            DELETE FROM alerting.subscription WHERE quiet_since <= @quiet;
            DELETE FROM alerting.notice WHERE notice_id = ANY(ARRAY(
                SELECT notice_id FROM alerting.notice WHERE made_at < @old AND NOT lasts ORDER BY made_at LIMIT @batch));
            """;
        var now = clock.GetUtcNow();
        var values = new
        {
            now,
            quiet = now - KeptQuiet,
            old = now - NoticesKept,
            batch = Batch,
        };
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }
}
