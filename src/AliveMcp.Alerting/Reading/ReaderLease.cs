using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Reading;

/// <summary>
/// Which alerter reads which shard. A mark's lock keeps two from reading at once; the lease keeps a shard with the process that remembers
/// it, until that one has not been seen for five seconds. Whoever has more than his share lets the rest go.
/// </summary>
internal sealed class ReaderLease(PostgresDoors doors)
{
    private readonly Guid _me = Guid.NewGuid();

    /// <summary>Says that this alerter lives; returns how many do.</summary>
    public async Task<int> BeatAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO alerting.reader (reader_id, seen_at) VALUES (@me, clock_timestamp())
            ON CONFLICT (reader_id) DO UPDATE SET seen_at = clock_timestamp();
            DELETE FROM alerting.reader WHERE seen_at < now() - interval '1 hour';
            SELECT count(*)::int FROM alerting.reader WHERE seen_at > clock_timestamp() - interval '5 s'
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(sql, new { me = _me }, cancellationToken: cancellationToken)
        );
    }

    /// <summary>Takes those of these shards that no other living alerter has, in the transaction that holds their marks.</summary>
    /// <returns>The shards that are this alerter's now; true: nobody else had it since.</returns>
    public async Task<IReadOnlyDictionary<Shard, bool>> TakeAsync(
        NpgsqlTransaction transaction,
        IEnumerable<Shard> shards,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            WITH free AS (
                SELECT shard, taken_by FROM alerting.reading AS reading
                WHERE shard = ANY(@shards) AND NOT EXISTS (
                    SELECT FROM alerting.reader
                    WHERE reader_id = reading.taken_by AND reader_id <> @me AND seen_at > clock_timestamp() - interval '5 s')),
            taken AS (
                UPDATE alerting.reading SET taken_by = @me FROM free
                WHERE reading.shard = free.shard AND free.taken_by IS DISTINCT FROM @me)
            SELECT shard AS Shard, taken_by IS NOT DISTINCT FROM @me AS WasMine FROM free
            """;
        var values = new { me = _me, shards = shards.Select(shard => (short)shard.Value).ToArray() };
        var rows = await transaction.Connection!.QueryAsync<(short Shard, bool WasMine)>(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => Shard.Of(row.Shard), row => row.WasMine);
    }

    /// <summary>Leaves shards to others.</summary>
    public async Task LeaveAsync(IEnumerable<Shard> shards, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "UPDATE alerting.reading SET taken_by = NULL WHERE taken_by = @me AND shard = ANY(@shards)",
                new { me = _me, shards = shards.Select(shard => (short)shard.Value).ToArray() },
                cancellationToken: cancellationToken
            )
        );
    }
}
