using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Retention;

/// <summary>The partitions of closed history, as the database's catalogue has them.</summary>
internal static class PartitionTable
{
    public static async Task<IReadOnlyList<HistoryPartition>> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var rows = await connection.QueryAsync<(string Grain, short Class, string Child, int Until, long Bytes)>(
            new CommandDefinition(
                "SELECT grain, class, child, upper_bound, bytes FROM archive.history_partitions()",
                cancellationToken: cancellationToken
            )
        );
        return
        [
            .. rows.Select(row => new HistoryPartition(
                GrainOf(row.Grain),
                (RetentionClass)row.Class,
                row.Child,
                UntilOf(GrainOf(row.Grain), row.Until),
                row.Bytes
            )),
        ];
    }

    /// <summary>False when somebody reads for so long that we would make others wait.</summary>
    public static async Task<bool> TryDropAsync(
        NpgsqlConnection connection,
        string partition,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "SELECT archive.drop_history(@partition)",
                    new { partition },
                    cancellationToken: cancellationToken
                )
            );
            return true;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private static HistoryGrain GrainOf(string word) =>
        word switch
        {
            "hour" => HistoryGrain.Hour,
            "day" => HistoryGrain.Day,
            _ => HistoryGrain.Month,
        };

    /// <summary>Bounds are counted in what the rows are of, from 1970-01-01.</summary>
    private static DateOnly UntilOf(HistoryGrain grain, int bound)
    {
        var first = DateOnly.FromDateTime(DateTime.UnixEpoch);
        return grain switch
        {
            HistoryGrain.Hour => first.AddDays(bound / 24),
            HistoryGrain.Day => first.AddDays(bound),
            _ => first.AddMonths(bound),
        };
    }
}
