namespace AliveMcp.Archive.History;

/// <summary>One statement for each question about one server's history. Closed days and hours are taken from their rows, what is open from minutes.</summary>
internal static class HistorySql
{
    private const string Progress = """
        WITH progress AS MATERIALIZED (SELECT packed_hour, packed_day FROM archive.progress)
        """;

    /// <summary>The hot minutes of hours that are not packed yet.</summary>
    private const string OpenMinutes = """
        server_id = @server AND minute = ANY(ARRAY(SELECT generate_series(
            greatest(@oldest, (SELECT packed_hour + 1 FROM progress) * 60), @newest)))
        """;

    /// <summary>Kind 0 are minutes by day and state (early: those beyond the newest that must be sealed by now), kind 1 the periods in which it was watched (from, to, weight).</summary>
    public const string Days = $"""
        {Progress}
        SELECT 0 AS kind, day AS at, live, degraded, down, unknown, maintenance, 0 AS early
        FROM archive.verdict_day
        WHERE server_id = @server AND day >= @from AND day <= @last AND day <= (SELECT packed_day FROM progress)
        UNION ALL
        SELECT 0, hour / 24, sum(live)::integer, sum(degraded)::integer, sum(down)::integer, sum(unknown)::integer, sum(maintenance)::integer, 0
        FROM archive.verdict_hour
        WHERE server_id = @server AND hour >= @from * 24 AND hour < (@last + 1) * 24
            AND hour >= (SELECT packed_day + 1 FROM progress) * 24 AND hour <= (SELECT packed_hour FROM progress)
        GROUP BY hour / 24
        UNION ALL
        SELECT 0, minute / 1440,
            coalesce(sum(weight) FILTER (WHERE state = 1 AND NOT maintenance), 0)::integer,
            coalesce(sum(weight) FILTER (WHERE state = 2 AND NOT maintenance), 0)::integer,
            coalesce(sum(weight) FILTER (WHERE state = 3 AND NOT maintenance), 0)::integer,
            coalesce(sum(weight) FILTER (WHERE state = 0 AND NOT maintenance), 0)::integer,
            coalesce(sum(weight) FILTER (WHERE maintenance), 0)::integer,
            coalesce(sum(least(weight, greatest(0, minute + weight - @until))) FILTER (WHERE state <> 0 OR maintenance), 0)::integer
        FROM archive.verdict_minute
        WHERE {OpenMinutes}
        GROUP BY minute / 1440
        UNION ALL
        SELECT 1, from_minute, coalesce(to_minute, @until), weight, 0, 0, 0, 0
        FROM archive.watch_period
        WHERE server_id = @server AND coalesce(to_minute, @until) > @from * 1440 AND from_minute < (@last + 1) * 1440
        """;
}
