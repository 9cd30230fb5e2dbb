using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>Tries sealed minutes again that were set aside: a newer version may read what this one's predecessor could not.</summary>
internal sealed class SetAsideRetry(PostgresDoors doors, VerdictKeeper keeper)
{
    private const int AtOnce = 100;

    private const string Due = """
        SELECT member AS Member, 0::bigint AS Seq, packed AS Packed FROM archive.set_aside
        WHERE source = 'log' AND come_back_at <= now() 
        """;

    /// <summary>Takes those whose time has come; returns how many are kept now.</summary>
    public async Task<int> RetryAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var due = await ReadAsync(connection, null, [], cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        // The marks first, as every writer of minutes holds them: a server cannot be erased between our look for its tombstone and our row.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var shards = due.Select(minute => Shard.Of(minute.Server)).Distinct().ToList();
        var taken = await LogMarks.Archive.TakeAsync(connection, transaction, shards, cancellationToken);
        var waiting = await ReadAsync(
            connection,
            transaction,
            [.. due.Where(minute => taken.ContainsKey(Shard.Of(minute.Server))).Select(minute => minute.Member)],
            cancellationToken
        );
        var batch = await keeper.KeepAsync(transaction, waiting, cancellationToken);
        var stillPoisoned = batch.Poisoned.Select(poisoned => poisoned.Minute.Member).ToHashSet(StringComparer.Ordinal);
        var kept = waiting.Select(minute => minute.Member).Where(member => !stillPoisoned.Contains(member)).ToArray();
        await connection.ExecuteAsync(
            new CommandDefinition(
                "DELETE FROM archive.set_aside WHERE source = 'log' AND member_hash IN (SELECT sha256(convert_to(one, 'UTF8')) FROM unnest(@kept) AS one)",
                new { kept },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        await transaction.CommitAsync(cancellationToken);
        return kept.Length;
    }

    /// <param name="connection">Asked.</param>
    /// <param name="transaction">Locks what it reads, past what others have locked; null only looks.</param>
    /// <param name="members">Those to lock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private static async Task<IReadOnlyList<SealedMinute>> ReadAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        string[] members,
        CancellationToken cancellationToken
    )
    {
        var sql = transaction is null
            ? Due + "ORDER BY come_back_at LIMIT @AtOnce"
            : Due + "AND member = ANY(@members) FOR UPDATE SKIP LOCKED";
        var rows = await connection.QueryAsync<SealedMinute>(
            new CommandDefinition(sql, new { AtOnce, members }, transaction, cancellationToken: cancellationToken)
        );
        return rows.AsList();
    }
}
