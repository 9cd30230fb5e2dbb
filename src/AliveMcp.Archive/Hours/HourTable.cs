using System.Data;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Hours;

/// <summary>Reads what an hour is made of and writes closed hours.</summary>
internal static class HourTable
{
    /// <summary>Takes server-hours that wait, the oldest first; others at work on some of them are left alone.</summary>
    public static async Task<IReadOnlyList<DirtyHour>> TakeDirtyAsync(
        NpgsqlTransaction transaction,
        int most,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT hour AS Hour, server_id AS Server, tenant_id AS Tenant FROM archive.dirty_hour
            WHERE come_back_at <= now() ORDER BY hour, server_id LIMIT @most FOR UPDATE SKIP LOCKED
            """;
        var rows = await transaction.Connection!.QueryAsync<DirtyHour>(
            new CommandDefinition(sql, new { most }, transaction, cancellationToken: cancellationToken)
        );
        return rows.AsList();
    }

    /// <summary>The hot minutes of these server-hours, packed as they were sealed. Each is looked up by its key: the other servers' minutes are not read.</summary>
    public static async Task<ILookup<(int Server, int Hour), byte[]>> MinutesAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<DirtyHour> hours,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT v.server_id AS Server, dirty.hour AS Hour, v.packed AS Packed
            FROM unnest(@servers, @hours) AS dirty (server_id, hour)
            CROSS JOIN generate_series(0, 59) AS place
            JOIN archive.verdict_minute AS v ON v.minute = dirty.hour * 60 + place AND v.server_id = dirty.server_id
            """;
        var rows = await transaction.Connection!.QueryAsync<(int Server, int Hour, byte[] Packed)>(
            new CommandDefinition(sql, Keys(hours), transaction, cancellationToken: cancellationToken)
        );
        return rows.ToLookup(row => (row.Server, row.Hour), row => row.Packed);
    }

    /// <summary>How many minutes the rows hold that stand for these server-hours already.</summary>
    public static async Task<IReadOnlyDictionary<(int Server, int Hour), int>> HeldAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<DirtyHour> hours,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT h.server_id AS Server, h.hour AS Hour, max(h.minutes)::integer AS Minutes
            FROM unnest(@servers, @hours) AS dirty (server_id, hour)
            JOIN archive.verdict_hour AS h ON h.server_id = dirty.server_id AND h.hour = dirty.hour
            GROUP BY h.server_id, h.hour
            """;
        var rows = await transaction.Connection!.QueryAsync<(int Server, int Hour, int Minutes)>(
            new CommandDefinition(sql, Keys(hours), transaction, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => (row.Server, row.Hour), row => row.Minutes);
    }

    /// <summary>Writes hours, over what stood for them before, and makes their days dirty.</summary>
    public static Task StoreAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<PackedHour> hours,
        CancellationToken cancellationToken
    )
    {
        var rows = hours.Select(packed => packed.Row).ToList();
        var values = new
        {
            servers = rows.Select(row => row.Server.Server.Value).ToArray(),
            hours = rows.Select(row => row.Hour).ToArray(),
            tenants = rows.Select(row => row.Server.Tenant.Value).ToArray(),
            retentions = rows.Select(row => (short)row.Retention).ToArray(),
            minutes = rows.Select(row => (short)row.Minutes.Count).ToArray(),
            live = rows.Select(row => (short)row.Weights.Live).ToArray(),
            degraded = rows.Select(row => (short)row.Weights.Degraded).ToArray(),
            down = rows.Select(row => (short)row.Weights.Down).ToArray(),
            unknown = rows.Select(row => (short)row.Weights.Unknown).ToArray(),
            maintenance = rows.Select(row => (short)row.Weights.Maintenance).ToArray(),
            tries = rows.Select(row => row.Tries).ToArray(),
            failed = rows.Select(row => row.FailedTries).ToArray(),
            packed = hours.Select(packed => packed.Minutes).ToArray(),
            latency = rows.Select(row => row.Latency.Pack()).ToArray(),
            regions = rows.Select(row => RegionHour.Pack(row.Regions)).ToArray(),
            marks = rows.Select(row => ContractMarks.Pack(row.Marks)).ToArray(),
        };
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(HourSql.Store, values, transaction, cancellationToken: cancellationToken)
        );
    }

    /// <summary>These server-hours are done.</summary>
    public static Task CleanAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<DirtyHour> hours,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(
                """
                DELETE FROM archive.dirty_hour AS dirty USING unnest(@servers, @hours) AS done (server_id, hour)
                WHERE dirty.server_id = done.server_id AND dirty.hour = done.hour
                """,
                Keys(hours),
                transaction,
                cancellationToken: cancellationToken
            )
        );

    /// <summary>These could not be done and come back in an hour.</summary>
    public static Task SetAsideAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<DirtyHour> hours,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(
                """
                UPDATE archive.dirty_hour AS dirty SET come_back_at = now() + interval '1 hour'
                FROM unnest(@servers, @hours) AS failed (server_id, hour)
                WHERE dirty.server_id = failed.server_id AND dirty.hour = failed.hour
                """,
                Keys(hours),
                transaction,
                cancellationToken: cancellationToken
            )
        );

    private static object Keys(IReadOnlyList<DirtyHour> hours) =>
        new
        {
            servers = hours.Select(hour => hour.Server).ToArray(),
            hours = hours.Select(hour => hour.Hour).ToArray(),
        };
}

/// <summary>A closed hour with its minutes packed and found to unpack to the same.</summary>
internal sealed record PackedHour(HourRow Row, byte[] Minutes)
{
    /// <exception cref="FormatException">A minute cannot be read, or what was packed does not unpack to what went in.</exception>
    public static PackedHour Of(IEnumerable<byte[]> verdicts)
    {
        var row = HourRow.Of(verdicts.Select(packed => VerdictCodec.Unpack(packed)).ToList<VerdictMinute>());
        var minutes = KeptMinutes.Pack(row.Minutes);
        return KeptMinutes.Unpack(minutes, row.Hour).SequenceEqual(row.Minutes)
            ? new PackedHour(row, minutes)
            : throw new FormatException("The packed hour does not unpack to its minutes.");
    }
}
