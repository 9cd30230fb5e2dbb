using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
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
            await CopyAsync(SumGrain.Months, span.FirstMonth, span.ClosedMonth, _rollups.Month),
            await CopyAsync(SumGrain.Days, span.FirstDay, span.ClosedDay, _rollups.Day),
            await CopyAsync(HourGrain.Hours, span.FirstHour, span.ClosedHour, _rollups.Hour),
            await MinutesAsync(connection, stories, span, cancellationToken)
        );
        await connection.ExecuteAsync(
            """
            UPDATE archive.progress SET closed_hour = greatest(closed_hour, @ClosedHour),
                packed_hour = greatest(packed_hour, @ClosedHour), packed_day = greatest(packed_day, @ClosedDay),
                packed_month = greatest(packed_month, @ClosedMonth)
            """,
            span
        );
        await connection.ExecuteAsync("RESET synchronous_commit");
        return counts;

        Task<long> CopyAsync(Grain grain, int first, int last, Func<ServerStory, int, PackedRollup?> compute) =>
            RollupsAsync(
                connection,
                grain.Table,
                from story in stories
                from at in Enumerable.Range(first, Math.Max(0, last - first + 1))
                let row = compute(story, at)
                where row is not null
                select (story, at, row),
                cancellationToken
            );
    }

    /// <summary>Writes all of them.</summary>
    public Task<HistoryCounts> WriteAsync(
        IReadOnlyCollection<ServerStory> stories,
        CancellationToken cancellationToken
    ) => WriteAsync(stories, new HistoryGrains(), cancellationToken);

    private static async Task<long> RollupsAsync(
        NpgsqlConnection connection,
        GrainTable table,
        IEnumerable<(ServerStory Story, int At, PackedRollup Row)> rows,
        CancellationToken cancellationToken
    )
    {
        var sql = $"COPY archive.verdict_{table.Word} ({table.Columns}) FROM STDIN (FORMAT binary)";
        var written = 0L;
        await using var copy = await connection.BeginBinaryImportAsync(sql, cancellationToken);
        foreach (var (story, at, row) in rows)
        {
            var (rollup, weights) = (row.Rollup, row.Rollup.Weights);
            copy.StartRow();
            Write(copy, story.Server.Server.Value, at, story.Server.Tenant.Value);
            WriteShort(copy, (int)story.Traits.Retention);
            ReadOnlySpan<int> counts =
            [
                rollup.Parts,
                weights.Live,
                weights.Degraded,
                weights.Down,
                weights.Unknown,
                weights.Maintenance,
            ];
            if (table == HourGrain.HourTable)
            {
                WriteShort(copy, counts);
            }
            else
            {
                Write(copy, counts);
            }

            Write(copy, rollup.Tries, rollup.FailedTries);
            copy.Write(row.Latency, NpgsqlDbType.Bytea);
            foreach (var bytes in row.Own)
            {
                copy.Write(bytes, NpgsqlDbType.Bytea);
            }

            written++;
        }

        await copy.CompleteAsync(cancellationToken);
        return written;
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
