using AliveMcp.Archive.Drift;
using AliveMcp.Archive.Hours;
using AliveMcp.Storage.Export;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Export;

/// <summary>What a tenant takes along of this room: when its servers were watched, what was declared of their contracts, days, hours and minutes.</summary>
internal static class ArchiveSurfaces
{
    private const string Weights = "live, degraded, down, unknown, maintenance, tries, failed_tries, latency";

    private static readonly string[] WeightColumns =
    [
        "live_minutes",
        "degraded_minutes",
        "down_minutes",
        "unknown_minutes",
        "maintenance_minutes",
        "tries",
        "failed_tries",
        "p50_ms",
        "p95_ms",
        "p99_ms",
    ];

    public static IEnumerable<ExportSurface> All =>
        [
            ExportSurface.Of(
                "watched",
                isMonthly: false,
                ["server_id", "from", "to", "cadence"],
                "SELECT server_id, from_minute, to_minute, weight FROM archive.watch_period ORDER BY server_id, from_minute",
                (column, value) => column is "from" or "to" ? Minute(value) : value
            ),
            ExportSurface.Of(
                "drift",
                isMonthly: false,
                ["server_id", "minute", "drift", "classes", "from_hash", "to_hash", "change_count", "changes"],
                """
                SELECT server_id, minute, kind, classes, from_hash, to_hash, change_count, changes
                FROM archive.contract_drift ORDER BY server_id, drift_id
                """,
                (column, value) =>
                    column switch
                    {
                        "minute" => Minute(value),
                        "drift" => DriftWords.Word((DriftKind)(short)value),
                        _ => value,
                    }
            ),
            Sums(
                "days",
                "day",
                $"""
                SELECT server_id, day * 1440, {Weights} FROM archive.verdict_day
                WHERE day * 1440 >= @from AND day * 1440 < @to ORDER BY server_id, day
                """
            ),
            Sums(
                "hours",
                "hour",
                $"""
                SELECT server_id, hour * 60, {Weights} FROM archive.verdict_hour
                WHERE hour >= @fine / 60 AND hour < @to / 60 ORDER BY server_id, hour
                """
            ),
            MinuteSurface.Create(),
        ];

    /// <summary>A roll-up: its sketch is told by three percentiles.</summary>
    private static ExportSurface Sums(string name, string time, string sql)
    {
        string[] read = ["server_id", time, .. WeightColumns[..7], "latency"];
        var surface = ExportSurface.Of(
            name,
            isMonthly: true,
            read,
            sql,
            (column, value) => column == time ? Minute(value) : value
        );
        return surface with
        {
            Columns = ["server_id", time, .. WeightColumns],
            Rows = (ask, cancellationToken) => surface.Rows(ask, cancellationToken).Select(Spread),
        };
    }

    private static IReadOnlyList<object?> Spread(IReadOnlyList<object?> row)
    {
        var sketch = LatencySketch.Unpack((byte[]?)row[^1]);
        return [.. row.SkipLast(1), sketch.Percentile(0.5), sketch.Percentile(0.95), sketch.Percentile(0.99)];
    }

    private static string Minute(object value) => new MinuteStamp((int)value).ToString();
}
