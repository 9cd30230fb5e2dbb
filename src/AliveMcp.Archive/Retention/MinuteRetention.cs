using AliveMcp.Archive.Drain;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Archive.Retention;

/// <summary>Makes days of hot minutes ahead and drops those that are over by 48 h, whole, once their hours hold every minute of them.</summary>
internal sealed partial class MinuteRetention(
    PostgresDoors doors,
    MinutePartitions partitions,
    TimeProvider clock,
    ILogger<MinuteRetention> log
)
{
    private const int KeptHours = 48;

    /// <summary>One round; returns how many days were dropped.</summary>
    public async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var hour = (int)(clock.GetUtcNow().ToUnixTimeSeconds() / 3600);
        var today = hour / 24;
        await partitions.EnsureAsync([today, today + 1], cancellationToken);

        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var days = await connection.QueryAsync<int>(
            new CommandDefinition("SELECT archive.minute_days()", cancellationToken: cancellationToken)
        );
        var dropped = 0;
        foreach (var day in days.Where(day => ((day + 1) * 24) + KeptHours <= hour).Order())
        {
            if (await IsPackedAsync(connection, day, cancellationToken))
            {
                dropped += await DropAsync(connection, day, cancellationToken) ? 1 : 0;
            }
        }

        return dropped;
    }

    /// <summary>Whether every server-hour of the day holds as many minutes as the partition does; those that do not are computed again.</summary>
    private async Task<bool> IsPackedAsync(NpgsqlConnection connection, int day, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO archive.dirty_hour (hour, server_id, tenant_id)
            SELECT hour, server_id, tenant_id FROM (
                SELECT minute / 60 AS hour, server_id, tenant_id, count(*) AS minutes FROM archive.verdict_minute
                WHERE minute >= @day * 1440 AND minute < (@day + 1) * 1440
                GROUP BY 1, 2, 3
                EXCEPT
                SELECT hour, server_id, tenant_id, minutes FROM archive.verdict_hour
                WHERE hour >= @day * 24 AND hour < (@day + 1) * 24) AS missing
            ON CONFLICT (hour, server_id) DO NOTHING
            """;
        // A whole day of every server is read: it takes what it takes.
        var missing = await connection.ExecuteAsync(
            new CommandDefinition(sql, new { day }, commandTimeout: 0, cancellationToken: cancellationToken)
        );
        if (missing > 0)
        {
            LogMissing(day, missing);
        }

        return missing == 0;
    }

    /// <summary>
    /// The lock keeps drains out; a minute that came since the look made its hour dirty. One that is set aside may come back as long as its
    /// age allows, and must then find the others of its hour: an hour is computed whole or not at all.
    /// </summary>
    private async Task<bool> DropAsync(NpgsqlConnection connection, int day, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT archive.drop_minute_day(@day) FROM archive.progress
            WHERE packed_hour >= @day * 24 + 23
                AND NOT EXISTS (SELECT FROM archive.dirty_hour WHERE hour >= @day * 24 AND hour < (@day + 1) * 24)
                AND NOT EXISTS (
                    SELECT FROM archive.set_aside
                    WHERE source = 'log' AND substring(member FROM ':([0-9]{1,9})$')::integer
                        BETWEEN greatest(@day * 1440, @oldest) AND @day * 1440 + 1439)
            """;
        var oldest = MinuteStamp.Of(clock.GetUtcNow()).Value - VerdictRow.MinutesBack;
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "SELECT FROM archive.progress FOR UPDATE",
                    transaction: transaction,
                    cancellationToken: cancellationToken
                )
            );
            var dropped = await connection.ExecuteScalarAsync<bool?>(
                new CommandDefinition(sql, new { day, oldest }, transaction, cancellationToken: cancellationToken)
            );
            await transaction.CommitAsync(cancellationToken);
            partitions.Forget();
            return dropped ?? false;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Somebody reads for long: the next round tries again.
            return false;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Day {Day} of hot minutes stays: {Missing} server-hours do not hold all of it yet"
    )]
    private partial void LogMissing(int day, int missing);
}
