using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>The marks of one kind of reader, a row for every shard; the row's lock decides which of several processes reads the shard.</summary>
public sealed class LogMarks
{
    // Whoever has not been seen for so long has no claim on the log any more.
    private const string Others = """
        SELECT shard AS Shard, epoch AS Epoch, seq AS Seq
        FROM archive.mark WHERE reader <> @reader AND shard = ANY(@shards) AND holds_log
            AND (holds_until IS NULL OR holds_until > now())
        """;

    private readonly string _reader;

    private LogMarks(string reader) => _reader = reader;

    /// <summary>Those of the archiver.</summary>
    public static LogMarks Archive { get; } = new("archive");

    /// <summary>Those of the alerter.</summary>
    public static LogMarks Alert { get; } = new("alert");

    /// <summary>Locks the marks of these shards until the transaction ends; those that somebody else holds are not among the answers.</summary>
    public async Task<IReadOnlyDictionary<Shard, TakenMark>> TakeAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyCollection<Shard> shards,
        CancellationToken cancellationToken
    )
    {
        const string sql = $"""
            SELECT shard AS Shard, epoch AS Epoch, seq AS Seq
            FROM archive.mark WHERE reader = @reader AND shard = ANY(@shards) ORDER BY shard FOR UPDATE SKIP LOCKED;
            {Others};
            """;
        var command = new CommandDefinition(
            sql,
            new { reader = _reader, shards = Numbers(shards) },
            transaction,
            cancellationToken: cancellationToken
        );
        await using var answers = await connection.QueryMultipleAsync(command);
        var own = (await answers.ReadAsync<Row>()).AsList();
        var others = (await answers.ReadAsync<Row>()).ToLookup(row => row.Shard, row => row.Mark);
        return own.ToDictionary(row => Shard.Of(row.Shard), row => new TakenMark(row.Mark, [.. others[row.Shard]]));
    }

    /// <summary>How far the readers are for whom the log must be kept, asked without a lock: whoever is the last to pass a place lets go of it.</summary>
    public async Task<ILookup<Shard, LogMark>> OthersAsync(
        NpgsqlConnection connection,
        IEnumerable<Shard> shards,
        CancellationToken cancellationToken
    )
    {
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                Others,
                new { reader = _reader, shards = Numbers(shards) },
                cancellationToken: cancellationToken
            )
        );
        return rows.ToLookup(row => Shard.Of(row.Shard), row => row.Mark);
    }

    /// <summary>How far this kind of reader is, asked without a lock.</summary>
    public async Task<IReadOnlyDictionary<Shard, LogMark>> NowAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                "SELECT shard AS Shard, epoch AS Epoch, seq AS Seq FROM archive.mark WHERE reader = @reader",
                new { reader = _reader },
                cancellationToken: cancellationToken
            )
        );
        return rows.ToDictionary(row => Shard.Of(row.Shard), row => row.Mark);
    }

    /// <summary>From now on the log is kept for this reader, until it was not seen for a while.</summary>
    public Task HoldAsync(NpgsqlConnection connection, TimeSpan atLeast, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                "UPDATE archive.mark SET holds_log = true, holds_until = now() + @atLeast WHERE reader = @reader",
                new { reader = _reader, atLeast },
                cancellationToken: cancellationToken
            )
        );

    /// <summary>Moves marks that were taken in this transaction.</summary>
    public Task MoveAsync(
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
                WHERE mark.reader = @reader AND mark.shard = moved.shard
                """,
                new
                {
                    reader = _reader,
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

/// <summary>A reader's mark, locked, and those of the other readers for whom the log must be kept.</summary>
/// <param name="Own">How far it has read.</param>
/// <param name="Others">How far they have.</param>
public sealed record TakenMark(LogMark Own, IReadOnlyList<LogMark> Others)
{
    /// <summary>Where to read on: behind the mark, or from the beginning when Redis is not the one that was read.</summary>
    public long ReadAfter(string epoch, bool fromTheBeginning) =>
        fromTheBeginning || epoch.Length == 0 || epoch != Own.Epoch ? 0 : Own.Seq;

    /// <summary>Whether every other reader has passed a place of this epoch.</summary>
    public bool PassedByOthers(string epoch, long seq) => Others.All(other => other.Epoch == epoch && other.Seq >= seq);
}
