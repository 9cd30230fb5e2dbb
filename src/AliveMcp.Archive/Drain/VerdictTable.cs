using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>Writes hot minutes: each once, none of an erased server; one that comes for a closed hour makes that hour dirty, one with another contract than its server settled on a doubt.</summary>
internal static class VerdictTable
{
    private const string Insert = """
        WITH kept AS (
            INSERT INTO archive.verdict_minute (minute, server_id, tenant_id, latency_ms, state, why, weight, maintenance, packed)
            SELECT one.*
            FROM unnest(@minutes, @servers, @tenants, @latencies, @states, @whys, @weights, @maintenance, @packed)
                AS one (minute, server_id, tenant_id, latency_ms, state, why, weight, maintenance, packed)
            WHERE NOT EXISTS (SELECT FROM erasure.tombstone AS gone WHERE gone.server_id = one.server_id)
            ON CONFLICT (minute, server_id) DO NOTHING
            RETURNING minute, server_id, tenant_id),
        late AS (
            INSERT INTO archive.dirty_hour (hour, server_id, tenant_id)
            SELECT DISTINCT minute / 60, server_id, tenant_id FROM kept WHERE minute / 60 <= @closedHour
            ON CONFLICT (hour, server_id) DO UPDATE SET touched = dirty_hour.touched + 1),
        doubted AS (
            INSERT INTO archive.contract_doubt (server_id, tenant_id)
            SELECT DISTINCT kept.server_id, kept.tenant_id
            FROM kept JOIN unnest(@minutes, @servers, @marks) AS seen (minute, server_id, mark) USING (minute, server_id)
                LEFT JOIN archive.settled_contract AS settled USING (server_id)
            WHERE seen.mark IS NOT NULL AND settled.mark IS DISTINCT FROM seen.mark
            ORDER BY kept.server_id
            ON CONFLICT (server_id) DO UPDATE SET touched = contract_doubt.touched + 1)
        SELECT count(*)::integer FROM kept
        """;

    /// <summary>The newest closed hour, held still until the transaction ends: no hour closes between this look and our rows.</summary>
    public static Task<int> ClosedHourAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                "SELECT closed_hour FROM archive.progress FOR SHARE",
                transaction: transaction,
                cancellationToken: cancellationToken
            )
        );

    /// <summary>Returns how many were new.</summary>
    public static Task<int> InsertAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<VerdictRow> rows,
        int closedHour,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            minutes = rows.Select(row => row.Kept.Minute.Value).ToArray(),
            servers = rows.Select(row => row.Server.Server.Value).ToArray(),
            tenants = rows.Select(row => row.Server.Tenant.Value).ToArray(),
            latencies = rows.Select(row => row.Kept.LatencyMs).ToArray(),
            states = rows.Select(row => (short)row.Kept.State).ToArray(),
            whys = rows.Select(row => (short)row.Kept.Why).ToArray(),
            weights = rows.Select(row => (short)row.Kept.Weight).ToArray(),
            maintenance = rows.Select(row => row.Kept.Maintenance).ToArray(),
            packed = rows.Select(row => row.Source.Packed!).ToArray(),
            marks = rows.Select(row => row.Mark).ToArray(),
            closedHour,
        };
        return connection.ExecuteScalarAsync<int>(
            new CommandDefinition(Insert, values, transaction, cancellationToken: cancellationToken)
        );
    }

    /// <summary>The UTC days, counted from 1970-01-01, that rows fall into.</summary>
    public static IEnumerable<int> Days(IEnumerable<VerdictRow> rows) =>
        rows.Select(row => row.Kept.Minute.Value / 1440).Distinct();
}
