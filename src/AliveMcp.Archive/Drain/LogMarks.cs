using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>The archiver's marks, a row for every shard; the row's lock decides which of several archivers reads the shard.</summary>
internal static class LogMarks
{
    /// <summary>Locks the marks of these shards until the transaction ends; those that somebody else holds are not among the answers.</summary>
    public static async Task<IReadOnlyDictionary<Shard, TakenMark>> TakeAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyCollection<Shard> shards,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT shard AS Shard, epoch AS Epoch, seq AS Seq
            FROM archive.mark WHERE reader = 'archive' AND shard = ANY(@shards) ORDER BY shard FOR UPDATE SKIP LOCKED;
            SELECT shard AS Shard, epoch AS Epoch, seq AS Seq
            FROM archive.mark WHERE reader <> 'archive' AND shard = ANY(@shards) AND holds_log;
            """;
        var command = new CommandDefinition(
            sql,
            new { shards = Numbers(shards) },
            transaction,
            cancellationToken: cancellationToken
        );
        await using var answers = await connection.QueryMultipleAsync(command);
        var own = (await answers.ReadAsync<Row>()).AsList();
        var others = (await answers.ReadAsync<Row>()).ToLookup(row => row.Shard, row => row.Mark);
        return own.ToDictionary(row => Shard.Of(row.Shard), row => new TakenMark(row.Mark, [.. others[row.Shard]]));
    }

    public static Task MoveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyDictionary<Shard, LogMark> marks,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                """
                UPDATE archive.mark SET epoch = moved.epoch, seq = moved.seq
                FROM unnest(@shards, @epochs, @seqs) AS moved (shard, epoch, seq)
                WHERE mark.reader = 'archive' AND mark.shard = moved.shard
                """,
                new
                {
                    shards = Numbers(marks.Keys),
                    epochs = marks.Values.Select(mark => mark.Epoch).ToArray(),
                    seqs = marks.Values.Select(mark => mark.Seq).ToArray(),
                },
                transaction,
                cancellationToken: cancellationToken
            )
        );

    private static short[] Numbers(IEnumerable<Shard> shards) => [.. shards.Select(shard => (short)shard.Value)];

    private readonly record struct Row(short Shard, string Epoch, long Seq)
    {
        public LogMark Mark => new(Epoch, Seq);
    }
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
