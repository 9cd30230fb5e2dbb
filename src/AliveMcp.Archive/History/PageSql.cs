using AliveMcp.Archive.Drift;
using AliveMcp.Collector.ContractVersions;

namespace AliveMcp.Archive.History;

/// <summary>The one statement behind a server's page: day bars, the last day's minutes and latency, and its contract.</summary>
internal static class PageSql
{
    /// <summary>
    /// Kinds: 0 closed days; 1 closed hours of the last day and of days not packed yet; 2 verdicts of hours not packed yet; 3 the periods in
    /// which it was watched (from, to); 4 how far days are packed; 5 its contract; 6 declared drifts, the newest first.
    /// </summary>
    public const string Read = $"""
        WITH progress AS MATERIALIZED (SELECT packed_hour, packed_day FROM archive.progress)
        SELECT 0 AS kind, day AS at, live, degraded, down, unknown, maintenance, NULL::bytea AS packed, NULL::bytea AS latency, NULL::text AS json
        FROM archive.verdict_day
        WHERE server_id = @server AND day >= @firstDay AND day <= (SELECT packed_day FROM progress)
        UNION ALL
        SELECT 1, hour, live, degraded, down, unknown, maintenance, CASE WHEN hour >= @firstHour THEN packed END, latency, NULL
        FROM archive.verdict_hour
        WHERE server_id = @server AND hour >= @firstDay * 24 AND hour <= (SELECT packed_hour FROM progress)
            AND hour >= least(@firstHour, (SELECT packed_day + 1 FROM progress) * 24)
        UNION ALL
        SELECT 2, minute, 0, 0, 0, 0, 0, packed, NULL, NULL
        FROM archive.verdict_minute
        WHERE server_id = @server AND minute = ANY(ARRAY(SELECT generate_series(
            greatest(@oldest, (SELECT packed_hour + 1 FROM progress) * 60), @newest)))
        UNION ALL
        SELECT 3, from_minute, coalesce(to_minute, @until), 0, 0, 0, 0, NULL, NULL, NULL
        FROM archive.watch_period
        WHERE server_id = @server AND coalesce(to_minute, @until) > @firstDay * 1440
        UNION ALL
        SELECT 4, packed_day, 0, 0, 0, 0, 0, NULL, NULL, NULL FROM progress
        UNION ALL
        SELECT 5, 0, 0, 0, 0, 0, 0, canonical, NULL, json FROM ({CurrentContractSql.ReadJson}) AS contract
        UNION ALL
        SELECT 6, 0, 0, 0, 0, 0, 0, NULL, NULL, json FROM ({DeclaredDrifts.NewestJson}) AS drift
        """;
}

/// <summary>A row of <see cref="PageSql.Read"/>.</summary>
internal sealed record PageRow(
    int Kind,
    int At,
    int Live,
    int Degraded,
    int Down,
    int Unknown,
    int Maintenance,
    byte[]? Packed,
    byte[]? Latency,
    string? Json
);
