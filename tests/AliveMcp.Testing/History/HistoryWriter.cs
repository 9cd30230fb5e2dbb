using AliveMcp.Archive.Hours;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AliveMcp.Testing.History;

/// <summary>Writes stories into an empty archive as if they had been drained, packed and closed in their time, and moves the progress there.</summary>
public sealed class HistoryWriter(PostgresDoors doors)
{
    private readonly StoryRollups _rollups = new();

    /// <summary>Writes stories of one shape.</summary>
    /// <param name="stories">Each server once.</param>
    /// <param name="grains">How much of them.</param>
    /// <param name="cancellationToken">Gives up; what was written stays.</param>
    public async Task<HistoryCounts> WriteAsync(
        IReadOnlyCollection<ServerStory> stories,
        HistoryGrains grains,
        CancellationToken cancellationToken
    )
    {
        var span = HistorySpan.Of(stories.First().Shape, grains);
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync("SET synchronous_commit = off");
        await HistoryPartitions.EnsureAsync(connection, stories, span);
        await HistoryPeriods.WriteAsync(connection, stories, cancellationToken);
        var counts = new HistoryCounts(
            await DaysAsync(connection, stories, span, cancellationToken),
            await HoursAsync(connection, stories, span, cancellationToken),
            await MinutesAsync(connection, stories, span, cancellationToken)
        );
        await connection.ExecuteAsync(
            """
            UPDATE archive.progress SET closed_hour = greatest(closed_hour, @ClosedHour),
                packed_hour = greatest(packed_hour, @ClosedHour), packed_day = greatest(packed_day, @ClosedDay)
            """,
            span
        );
        await connection.ExecuteAsync("RESET synchronous_commit");
        return counts;
    }

    /// <summary>Writes all of them.</summary>
    public Task<HistoryCounts> WriteAsync(
        IReadOnlyCollection<ServerStory> stories,
        CancellationToken cancellationToken
    ) => WriteAsync(stories, new HistoryGrains(), cancellationToken);

    private async Task<long> DaysAsync(
        NpgsqlConnection connection,
        IEnumerable<ServerStory> stories,
        HistorySpan span,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            COPY archive.verdict_day (server_id, day, tenant_id, retention, hours, live, degraded, down, unknown, maintenance,
                tries, failed_tries, latency) FROM STDIN (FORMAT binary)
            """;
        var rows = 0L;
        await using var copy = await connection.BeginBinaryImportAsync(sql, cancellationToken);
        foreach (var story in stories)
        {
            for (var day = span.FirstDay; day <= span.ClosedDay; day++)
            {
                if (_rollups.Day(story, day) is not { } row)
                {
                    continue;
                }

                Begin(copy, story, day);
                copy.Write(row.Hours);
                Write(copy, row.Weights.Live, row.Weights.Degraded, row.Weights.Down, row.Weights.Unknown);
                Write(copy, row.Weights.Maintenance, row.Tries, row.FailedTries);
                copy.Write(row.Latency.Pack(), NpgsqlDbType.Bytea);
                rows++;
            }
        }

        await copy.CompleteAsync(cancellationToken);
        return rows;
    }

    private async Task<long> HoursAsync(
        NpgsqlConnection connection,
        IEnumerable<ServerStory> stories,
        HistorySpan span,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            COPY archive.verdict_hour (server_id, hour, tenant_id, retention, minutes, live, degraded, down, unknown, maintenance,
                tries, failed_tries, packed, latency, regions, marks) FROM STDIN (FORMAT binary)
            """;
        var rows = 0L;
        await using var copy = await connection.BeginBinaryImportAsync(sql, cancellationToken);
        foreach (var story in stories)
        {
            for (var hour = span.FirstHour; hour <= span.ClosedHour; hour++)
            {
                if (_rollups.Hour(story, hour) is not { } row)
                {
                    continue;
                }

                Begin(copy, story, hour);
                var weights = row.Weights;
                WriteShort(copy, row.Minutes, weights.Live, weights.Degraded, weights.Down, weights.Unknown);
                WriteShort(copy, weights.Maintenance);
                Write(copy, row.Tries, row.FailedTries);
                foreach (var bytes in (byte[][])[row.Packed, row.Latency, row.Regions, row.Marks])
                {
                    copy.Write(bytes, NpgsqlDbType.Bytea);
                }

                rows++;
            }
        }

        await copy.CompleteAsync(cancellationToken);
        return rows;
    }

    private static async Task<long> MinutesAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<ServerStory> stories,
        HistorySpan span,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            COPY archive.verdict_minute (minute, server_id, tenant_id, latency_ms, state, why, weight, maintenance, packed)
                FROM STDIN (FORMAT binary)
            """;
        var rows = 0L;
        await using var copy = await connection.BeginBinaryImportAsync(sql, cancellationToken);

        // As the drain does: all servers of a stretch of time before those of the next one.
        for (var from = span.FirstMinute; from < span.Until; from += 15)
        {
            var to = from + 15 < span.Until ? from + 15 : span.Until;
            foreach (var verdict in stories.SelectMany(story => story.Minutes(from, to)))
            {
                var kept = KeptMinute.Of(verdict);
                copy.StartRow();
                Write(copy, kept.Minute.Value, verdict.Server.Server.Value, verdict.Server.Tenant.Value);
                WriteOrNull(copy, kept.LatencyMs);
                WriteShort(copy, (int)kept.State, (int)kept.Why, kept.Weight);
                copy.Write(kept.Maintenance);
                copy.Write(VerdictCodec.Pack(verdict), NpgsqlDbType.Bytea);
                rows++;
            }
        }

        await copy.CompleteAsync(cancellationToken);
        return rows;
    }

    private static void Begin(NpgsqlBinaryImporter copy, ServerStory story, int at)
    {
        copy.StartRow();
        Write(copy, story.Server.Server.Value, at, story.Server.Tenant.Value);
        WriteShort(copy, (int)story.Traits.Retention);
    }

    private static void WriteOrNull(NpgsqlBinaryImporter copy, int? value)
    {
        if (value is { } known)
        {
            copy.Write(known);
        }
        else
        {
            copy.WriteNull();
        }
    }

    private static void Write(NpgsqlBinaryImporter copy, params ReadOnlySpan<int> values)
    {
        foreach (var value in values)
        {
            copy.Write(value);
        }
    }

    private static void WriteShort(NpgsqlBinaryImporter copy, params ReadOnlySpan<int> values)
    {
        foreach (var value in values)
        {
            copy.Write((short)value);
        }
    }
}
