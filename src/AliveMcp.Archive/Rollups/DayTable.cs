using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Rollups;

/// <summary>Reads what a day is made of and writes closed days.</summary>
internal static class DayTable
{
    private const string Store = """
        WITH new AS (
            SELECT * FROM unnest(
                @servers, @days, @tenants, @retentions, @hours, @live, @degraded, @down, @unknown, @maintenance,
                @tries, @failed, @latency)
            AS one (server_id, day, tenant_id, retention, hours, live, degraded, down, unknown, maintenance,
                tries, failed_tries, latency)
            WHERE NOT EXISTS (SELECT FROM erasure.tombstone AS gone WHERE gone.server_id = one.server_id)),
        moved AS (
            DELETE FROM archive.verdict_day AS old USING new
            WHERE old.server_id = new.server_id AND old.day = new.day AND old.retention <> new.retention)
        INSERT INTO archive.verdict_day (
            server_id, day, tenant_id, retention, hours, live, degraded, down, unknown, maintenance,
            tries, failed_tries, latency)
        SELECT * FROM new
        ON CONFLICT (server_id, day, retention) DO UPDATE SET
            hours = excluded.hours, live = excluded.live, degraded = excluded.degraded, down = excluded.down,
            unknown = excluded.unknown, maintenance = excluded.maintenance, tries = excluded.tries,
            failed_tries = excluded.failed_tries, latency = excluded.latency
        """;

    /// <summary>Takes server-days that wait and whose hours are all packed.</summary>
    public static async Task<IReadOnlyList<DirtyDay>> TakeDirtyAsync(
        NpgsqlTransaction transaction,
        int most,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT day AS Day, server_id AS Server FROM archive.dirty_day
            WHERE come_back_at <= now() AND day < ((SELECT packed_hour FROM archive.progress) + 1) / 24
            ORDER BY day, server_id LIMIT @most FOR UPDATE SKIP LOCKED
            """;
        var rows = await transaction.Connection!.QueryAsync<DirtyDay>(
            new CommandDefinition(sql, new { most }, transaction, cancellationToken: cancellationToken)
        );
        return rows.AsList();
    }

    /// <summary>The closed hours of these server-days.</summary>
    public static async Task<ILookup<(int Server, int Day), DayHour>> HoursAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<DirtyDay> days,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT h.server_id AS Server, h.hour AS Hour, h.tenant_id AS Tenant, h.retention AS Retention, h.live AS Live,
                h.degraded AS Degraded, h.down AS Down, h.unknown AS Unknown, h.maintenance AS Maintenance,
                h.tries AS Tries, h.failed_tries AS FailedTries, h.latency AS Latency
            FROM unnest(@servers, @days) AS dirty (server_id, day)
            JOIN archive.verdict_hour AS h
                ON h.server_id = dirty.server_id AND h.hour BETWEEN dirty.day * 24 AND dirty.day * 24 + 23
            """;
        var rows = await transaction.Connection!.QueryAsync<DayHour>(
            new CommandDefinition(sql, Keys(days), transaction, cancellationToken: cancellationToken)
        );
        return rows.ToLookup(row => (row.Server, row.Hour / 24));
    }

    /// <summary>How many hours the rows hold that stand for these server-days already.</summary>
    public static async Task<IReadOnlyDictionary<(int Server, int Day), int>> HeldAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<DirtyDay> days,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT d.server_id AS Server, d.day AS Day, max(d.hours) AS Hours
            FROM unnest(@servers, @days) AS dirty (server_id, day)
            JOIN archive.verdict_day AS d ON d.server_id = dirty.server_id AND d.day = dirty.day
            GROUP BY d.server_id, d.day
            """;
        var rows = await transaction.Connection!.QueryAsync<(int Server, int Day, int Hours)>(
            new CommandDefinition(sql, Keys(days), transaction, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => (row.Server, row.Day), row => row.Hours);
    }

    /// <summary>Writes days, over what stood for them before.</summary>
    public static Task StoreAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<DayRow> rows,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            servers = rows.Select(row => row.Server.Server.Value).ToArray(),
            days = rows.Select(row => row.Day).ToArray(),
            tenants = rows.Select(row => row.Server.Tenant.Value).ToArray(),
            retentions = rows.Select(row => (short)row.Retention).ToArray(),
            hours = rows.Select(row => row.Hours).ToArray(),
            live = rows.Select(row => row.Weights.Live).ToArray(),
            degraded = rows.Select(row => row.Weights.Degraded).ToArray(),
            down = rows.Select(row => row.Weights.Down).ToArray(),
            unknown = rows.Select(row => row.Weights.Unknown).ToArray(),
            maintenance = rows.Select(row => row.Weights.Maintenance).ToArray(),
            tries = rows.Select(row => row.Tries).ToArray(),
            failed = rows.Select(row => row.FailedTries).ToArray(),
            latency = rows.Select(row => row.Latency.Pack()).ToArray(),
        };
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(Store, values, transaction, cancellationToken: cancellationToken)
        );
    }

    /// <summary>These server-days are done.</summary>
    public static Task CleanAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<DirtyDay> days,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(
                """
                DELETE FROM archive.dirty_day AS dirty USING unnest(@servers, @days) AS done (server_id, day)
                WHERE dirty.server_id = done.server_id AND dirty.day = done.day
                """,
                Keys(days),
                transaction,
                cancellationToken: cancellationToken
            )
        );

    /// <summary>These could not be done and come back in an hour.</summary>
    public static Task SetAsideAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<DirtyDay> days,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(
                """
                UPDATE archive.dirty_day AS dirty SET come_back_at = now() + interval '1 hour'
                FROM unnest(@servers, @days) AS failed (server_id, day)
                WHERE dirty.server_id = failed.server_id AND dirty.day = failed.day
                """,
                Keys(days),
                transaction,
                cancellationToken: cancellationToken
            )
        );

    private static object Keys(IReadOnlyList<DirtyDay> days) =>
        new { servers = days.Select(day => day.Server).ToArray(), days = days.Select(day => day.Day).ToArray() };
}

/// <summary>A server-day to be computed again, locked by whoever took it.</summary>
internal sealed record DirtyDay(int Day, int Server);
