using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
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
        SELECT shard AS Shard, touched AS Touched FROM archive.mark WHERE reader = 'archive' AND shard = ANY(@shards);
        """;

    private const string Erased = "SELECT server_id FROM erasure.tombstone WHERE server_id % @Count = ANY(@shards)";

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
        RETURNING server_id
        """;

    /// <summary>
    /// The newest closed hour, held still until the transaction ends: no hour closes between this look and our rows. And how often stones
    /// were set and contracts settled in these shards: whoever does so holds the shard's mark, which is ours here.
    /// </summary>
    public static async Task<(int ClosedHour, IReadOnlyDictionary<Shard, long> Touched)> StandingAsync(
        NpgsqlTransaction transaction,
        IEnumerable<Shard> shards,
        CancellationToken cancellationToken
    )
    {
        var values = new { shards = shards.Select(shard => (short)shard.Value).ToArray() };
        await using var answers = await transaction.Connection!.QueryMultipleAsync(
            new CommandDefinition(Standing, values, transaction, cancellationToken: cancellationToken)
        );
        var closedHour = await answers.ReadSingleAsync<int>();
        var touched = await answers.ReadAsync<(short Shard, long Touched)>();
        return (closedHour, touched.ToDictionary(row => Shard.Of(row.Shard), row => row.Touched));
    }

    /// <summary>Which servers of these shards were erased.</summary>
    public static async Task<ILookup<Shard, int>> ErasedAsync(
        NpgsqlTransaction transaction,
        IEnumerable<Shard> shards,
        CancellationToken cancellationToken
    )
    {
        var values = new { shards = shards.Select(shard => shard.Value).ToArray(), Shard.Count };
        var erased = await transaction.Connection!.QueryAsync<int>(
            new CommandDefinition(Erased, values, transaction, cancellationToken: cancellationToken)
        );
        return erased.ToLookup(server => Shard.Of(new ServerId(server)));
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
            packed = rows.Select(row => row.Source.Packed!.Value.ToArray()).ToArray(),
        };
        var kept = await transaction.Connection!.QueryAsync<(int Minute, int Server)>(
            new CommandDefinition(Insert, values, transaction, cancellationToken: cancellationToken)
        );
        var added = kept.ToHashSet();
        // Removed as it is found: of two rows of one minute only the first was written.
        return [.. rows.Where(row => added.Remove((row.Kept.Minute.Value, row.Server.Server.Value)))];
    }

    /// <summary>Makes closed hours dirty that rows were added to.</summary>
    public static Task TouchAsync(
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
        if (late.Count == 0)
        {
            return Task.CompletedTask;
        }

        var values = new
        {
            hours = late.Select(hour => hour.Hour).ToArray(),
            servers = late.Select(hour => hour.Server.Server.Value).ToArray(),
            tenants = late.Select(hour => hour.Server.Tenant.Value).ToArray(),
        };
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(Late, values, transaction, cancellationToken: cancellationToken)
        );
    }

    /// <summary>Doubts servers that showed another contract than the one they settled on, and returns them.</summary>
    /// <param name="transaction">Writes them.</param>
    /// <param name="seen">Each contract that a server showed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlySet<int>> DoubtAsync(
        NpgsqlTransaction transaction,
        IReadOnlyCollection<(ServerKey Server, long Mark)> seen,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            servers = seen.Select(row => row.Server.Server.Value).ToArray(),
            tenants = seen.Select(row => row.Server.Tenant.Value).ToArray(),
            marks = seen.Select(row => row.Mark).ToArray(),
        };
        var doubted = await transaction.Connection!.QueryAsync<int>(
            new CommandDefinition(Doubt, values, transaction, cancellationToken: cancellationToken)
        );
        return doubted.ToHashSet();
    }

    /// <summary>The UTC days, counted from 1970-01-01, that rows fall into.</summary>
    public static IEnumerable<int> Days(IEnumerable<VerdictRow> rows) =>
        rows.Select(row => row.Kept.Minute.Value / 1440).Distinct();
}
