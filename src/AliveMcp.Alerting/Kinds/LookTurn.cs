using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Kinds;

/// <summary>What kinds share that are looked for once a minute: one alerter at a time looks, and knows what is open.</summary>
internal static class LookTurn
{
    /// <summary>Any number that the other advisory locks of the house do not use.</summary>
    private const int LockKey = 0x4255;

    /// <summary>Null: somebody else looks. Else the open incidents of the kind by server, each with the minute that confirmed it.</summary>
    public static async Task<Dictionary<ServerId, int>?> TakeAsync(
        NpgsqlTransaction transaction,
        AlertKind kind,
        CancellationToken cancellationToken
    )
    {
        var connection = transaction.Connection!;
        var values = new { LockKey, kind = (int)kind };
        var isMine = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "SELECT pg_try_advisory_xact_lock(@LockKey, @kind)",
                values,
                transaction,
                cancellationToken: cancellationToken
            )
        );
        if (!isMine)
        {
            return null;
        }

        var rows = await connection.QueryAsync<(int Server, int ConfirmedIn)>(
            new CommandDefinition(
                "SELECT server_id, confirmed_in FROM alerting.incident WHERE kind = @kind AND state <> 'resolved'",
                values,
                transaction,
                cancellationToken: cancellationToken
            )
        );
        return rows.ToDictionary(row => new ServerId(row.Server), row => row.ConfirmedIn);
    }
}
