using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>The archiver's marks, a row for every shard; the row's lock decides which of several archivers reads the shard.</summary>
internal static class LogMarks
{
    /// <summary>Locks the shard's mark until the transaction ends; null while somebody else holds it.</summary>
    public static async Task<TakenMark?> TakeAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Shard shard,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT epoch AS Epoch, seq AS Seq
            FROM archive.mark WHERE reader = 'archive' AND shard = @shard FOR UPDATE SKIP LOCKED;
            SELECT epoch AS Epoch, seq AS Seq
            FROM archive.mark WHERE reader <> 'archive' AND shard = @shard AND holds_log;
            """;
        var command = new CommandDefinition(
            sql,
            new { shard = (short)shard.Value },
            transaction,
            cancellationToken: cancellationToken
        );
        await using var answers = await connection.QueryMultipleAsync(command);
        var own = (await answers.ReadAsync<LogMark>()).AsList();
        var others = await answers.ReadAsync<LogMark>();
        return own.Count == 0 ? null : new TakenMark(own[0], [.. others]);
    }

    public static Task MoveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Shard shard,
        LogMark mark,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                "UPDATE archive.mark SET epoch = @Epoch, seq = @Seq WHERE reader = 'archive' AND shard = @shard",
                new
                {
                    mark.Epoch,
                    mark.Seq,
                    shard = (short)shard.Value,
                },
                transaction,
                cancellationToken: cancellationToken
            )
        );
}

/// <summary>The archiver's mark, locked, and those of the readers for whom the log must be kept.</summary>
internal sealed record TakenMark(LogMark Own, IReadOnlyList<LogMark> Others)
{
    /// <summary>Where to read on: behind the mark, or from the beginning when Redis is not the one that was read.</summary>
    public long ReadAfter(string epoch, bool fromTheBeginning) =>
        fromTheBeginning || epoch.Length == 0 || epoch != Own.Epoch ? 0 : Own.Seq;

    /// <summary>Whether every other reader has passed a place of this epoch.</summary>
    public bool PassedByOthers(string epoch, long seq) => Others.All(other => other.Epoch == epoch && other.Seq >= seq);
}
