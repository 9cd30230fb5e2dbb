using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Archive.Drain;

/// <summary>Tries sealed minutes again that were set aside: a newer version may read what this one's predecessor could not.</summary>
internal sealed class SetAsideRetry(PostgresDoors doors, VerdictKeeper keeper)
{
    private const int AtOnce = 100;

    /// <summary>Takes those whose time has come; returns how many are kept now.</summary>
    public async Task<int> RetryAsync(CancellationToken cancellationToken)
    {
        const string due = """
            SELECT member AS Member, 0::bigint AS Seq, packed AS Packed FROM archive.set_aside
            WHERE source = 'log' AND come_back_at <= now()
            ORDER BY come_back_at LIMIT @AtOnce FOR UPDATE SKIP LOCKED
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await connection.QueryAsync<SealedMinute>(
            new CommandDefinition(due, new { AtOnce }, transaction, cancellationToken: cancellationToken)
        );
        var waiting = rows.AsList();
        if (waiting.Count == 0)
        {
            return 0;
        }

        var batch = await keeper.KeepAsync(connection, transaction, waiting, cancellationToken);
        var stillPoisoned = batch.Poisoned.Select(poisoned => poisoned.Minute.Member).ToHashSet(StringComparer.Ordinal);
        var kept = waiting.Select(minute => minute.Member).Where(member => !stillPoisoned.Contains(member)).ToArray();
        await connection.ExecuteAsync(
            new CommandDefinition(
                "DELETE FROM archive.set_aside WHERE source = 'log' AND member = ANY(@kept)",
                new { kept },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        await transaction.CommitAsync(cancellationToken);
        return kept.Length;
    }
}
