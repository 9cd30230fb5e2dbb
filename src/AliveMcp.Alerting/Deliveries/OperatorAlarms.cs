using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>What must not happen and did: a line in the log, a row for operators, a figure of health. The same again counts up.</summary>
public sealed partial class OperatorAlarms(PostgresDoors doors, TimeProvider clock, ILogger<OperatorAlarms> log)
{
    /// <summary>Raises an alarm in the caller's transaction.</summary>
    internal async Task RaiseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        OperatorAlarm alarm,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            INSERT INTO alerting.operator_alarm (once_key, kind, detail, first_at, last_at)
            VALUES (@OnceKey, @Kind, @detail, @now, @now)
            ON CONFLICT (once_key) DO UPDATE SET last_at = @now, times = operator_alarm.times + 1, ended_at = NULL, detail = @detail
            """;
        var values = new
        {
            alarm.OnceKey,
            alarm.Kind,
            detail = SafeText.Of(alarm.Detail, 500),
            now = clock.GetUtcNow(),
        };
        LogRaised(alarm.Kind, values.detail);
        await connection.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
    }

    /// <summary>Says that it is over; nothing when it was not raised.</summary>
    internal async Task EndAsync(string onceKey, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "UPDATE alerting.operator_alarm SET ended_at = @now WHERE once_key = @onceKey AND ended_at IS NULL",
                new { onceKey, now = clock.GetUtcNow() },
                cancellationToken: cancellationToken
            )
        );
    }

    /// <summary>Says of every alarm of a kind that it is over, but for these.</summary>
    internal async Task EndOthersAsync(
        string kind,
        IReadOnlyCollection<string> onceKeys,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                UPDATE alerting.operator_alarm SET ended_at = @now
                WHERE kind = @kind AND ended_at IS NULL AND once_key <> ALL (@keys)
                """,
                new
                {
                    kind,
                    keys = onceKeys.ToArray(),
                    now = clock.GetUtcNow(),
                },
                cancellationToken: cancellationToken
            )
        );
    }

    /// <summary>Says of every alarm of a kind that it is over when it was not raised again since.</summary>
    internal async Task EndStaleAsync(string kind, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                UPDATE alerting.operator_alarm SET ended_at = @now WHERE kind = @kind AND ended_at IS NULL AND last_at < @since
                """,
                new
                {
                    kind,
                    since,
                    now = clock.GetUtcNow(),
                },
                cancellationToken: cancellationToken
            )
        );
    }

    /// <summary>Raises an alarm by itself.</summary>
    internal async Task RaiseAsync(OperatorAlarm alarm, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await RaiseAsync(connection, transaction: null, alarm, cancellationToken);
    }

    /// <summary>The newest alarms, ended ones included. For operators.</summary>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SeenAlarm>> NewestAsync(int take, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<SeenAlarm>(
            new CommandDefinition(
                """
                SELECT kind AS Kind, detail AS Detail, first_at AS FirstAt, last_at AS LastAt, times AS Times, ended_at AS EndedAt
                FROM alerting.operator_alarm ORDER BY last_at DESC LIMIT @take
                """,
                new { take },
                cancellationToken: cancellationToken
            )
        );
        return [.. rows];
    }

    [LoggerMessage(LogLevel.Critical, "Alerting alarm {Kind}: {Detail}")]
    private partial void LogRaised(string kind, string detail);
}

/// <param name="OnceKey">What makes it the same alarm.</param>
/// <param name="Kind">Machine word, for example <c>forged_row</c>.</param>
/// <param name="Detail">One line; strangers' text in it is escaped.</param>
internal sealed record OperatorAlarm(string OnceKey, string Kind, string Detail);

/// <summary>An alarm as operators see it; times are UTC.</summary>
public sealed record SeenAlarm
{
    /// <summary>Machine word.</summary>
    public required string Kind { get; init; }

    /// <summary>One line.</summary>
    public required string Detail { get; init; }

    /// <summary>When it was raised first.</summary>
    public required DateTime FirstAt { get; init; }

    /// <summary>When it was raised last.</summary>
    public required DateTime LastAt { get; init; }

    /// <summary>How often.</summary>
    public required int Times { get; init; }

    /// <summary>Null: it goes on.</summary>
    public required DateTime? EndedAt { get; init; }
}
