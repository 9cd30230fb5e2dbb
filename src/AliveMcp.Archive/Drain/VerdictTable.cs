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
            ON CONFLICT (minute, server_id) DO NOTHING
            RETURNING minute, server_id)
        SELECT minute AS Minute, server_id AS Server FROM kept
        """;

    private const string Standing = """
        SELECT closed_hour FROM archive.progress FOR SHARE;
        SELECT server_id FROM erasure.tombstone WHERE server_id = ANY(@servers);
        """;

    private const string Late = """
        INSERT INTO archive.dirty_hour (hour, server_id, tenant_id)
        SELECT * FROM unnest(@hours, @servers, @tenants)
        ON CONFLICT (hour, server_id) DO UPDATE SET touched = dirty_hour.touched + 1
        """;

    private const string Doubt = """
        INSERT INTO archive.contract_doubt (server_id, tenant_id)
        SELECT DISTINCT seen.server_id, seen.tenant_id
        FROM unnest(@servers, @tenants, @marks) AS seen (server_id, tenant_id, mark)
            LEFT JOIN archive.settled_contract AS settled USING (server_id)
        WHERE settled.mark IS DISTINCT FROM seen.mark
        ORDER BY 1
        ON CONFLICT (server_id) DO UPDATE SET touched = contract_doubt.touched + 1
        """;

    /// <summary>
    /// The newest closed hour, held still until the transaction ends: no hour closes between this look and our rows. And which of these
    /// servers were erased: whoever erases one holds the mark of its shard, which is ours here.
    /// </summary>
    public static async Task<(int ClosedHour, IReadOnlySet<int> Erased)> StandingAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<VerdictRow> rows,
        CancellationToken cancellationToken
    )
    {
        var values = new { servers = rows.Select(row => row.Server.Server.Value).Distinct().ToArray() };
        await using var answers = await transaction.Connection!.QueryMultipleAsync(
            new CommandDefinition(Standing, values, transaction, cancellationToken: cancellationToken)
        );
        var closedHour = await answers.ReadSingleAsync<int>();
        return (closedHour, (await answers.ReadAsync<int>()).ToHashSet());
    }

    /// <summary>Writes those that are not there yet, and returns them.</summary>
    public static async Task<IReadOnlyList<VerdictRow>> InsertAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<VerdictRow> rows,
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
        };
        var kept = await transaction.Connection!.QueryAsync<(int Minute, int Server)>(
            new CommandDefinition(Insert, values, transaction, cancellationToken: cancellationToken)
        );
        var added = kept.ToHashSet();
        // Removed as it is found: of two rows of one minute only the first was written.
        return [.. rows.Where(row => added.Remove((row.Kept.Minute.Value, row.Server.Server.Value)))];
    }

    /// <summary>Tells of rows that were added what somebody has to look at again: closed hours they belong to, contracts that are not the settled ones.</summary>
    public static async Task TouchAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<VerdictRow> added,
        int closedHour,
        CancellationToken cancellationToken
    )
    {
        var late = added
            .Where(row => row.Kept.Minute.Hour <= closedHour)
            .Select(row => (row.Kept.Minute.Hour, row.Server))
            .Distinct()
            .OrderBy(hour => hour.Hour)
            .ThenBy(hour => hour.Server.Server.Value)
            .ToList();
        if (late.Count > 0)
        {
            var values = new
            {
                hours = late.Select(hour => hour.Hour).ToArray(),
                servers = late.Select(hour => hour.Server.Server.Value).ToArray(),
                tenants = late.Select(hour => hour.Server.Tenant.Value).ToArray(),
            };
            await transaction.Connection!.ExecuteAsync(
                new CommandDefinition(Late, values, transaction, cancellationToken: cancellationToken)
            );
        }

        var seen = added
            .Where(row => row.Mark is not null)
            .Select(row => (row.Server, Mark: row.Mark!.Value))
            .Distinct()
            .ToList();
        if (seen.Count > 0)
        {
            var values = new
            {
                servers = seen.Select(row => row.Server.Server.Value).ToArray(),
                tenants = seen.Select(row => row.Server.Tenant.Value).ToArray(),
                marks = seen.Select(row => row.Mark).ToArray(),
            };
            await transaction.Connection!.ExecuteAsync(
                new CommandDefinition(Doubt, values, transaction, cancellationToken: cancellationToken)
            );
        }
    }

    /// <summary>The UTC days, counted from 1970-01-01, that rows fall into.</summary>
    public static IEnumerable<int> Days(IEnumerable<VerdictRow> rows) =>
        rows.Select(row => row.Kept.Minute.Value / 1440).Distinct();
}
