namespace AliveMcp.Archive.History;

/// <summary>
/// The statement that counts a window: whole closed days from their rows, whole closed hours at its ends from theirs, the hours that it cuts
/// minute by minute, and what is open from hot minutes.
/// </summary>
internal static class UptimeSql
{
    /// <summary>
    /// Kinds: 0 closed days; 1 closed hours that are whole and in none of those days; 2 hours that the window cuts, or whose last minute may
    /// stand for some beyond an end; 3 minutes of hours not packed yet; 4 the periods in which it was watched (from, to).
    /// </summary>
    public const string Read = """
        WITH progress AS MATERIALIZED (SELECT packed_hour, packed_day FROM archive.progress)
        SELECT 0 AS kind, day AS at, live, degraded, down, unknown, maintenance, NULL::bytea AS packed
        FROM archive.verdict_day
        WHERE server_id = @server AND day >= @firstDay AND day < @endDay AND day <= (SELECT packed_day FROM progress)
        UNION ALL
        SELECT 1, hour, live, degraded, down, unknown, maintenance, NULL
        FROM archive.verdict_hour
        WHERE server_id = @server AND hour >= @firstHour AND hour < least(@firstDay * 24, @endHour)
            AND hour <= (SELECT packed_hour FROM progress)
        UNION ALL
        SELECT 1, hour, live, degraded, down, unknown, maintenance, NULL
        FROM archive.verdict_hour
        WHERE server_id = @server AND hour >= @firstDay * 24 AND hour < @endHour
            AND hour >= least(@endDay, (SELECT packed_day + 1 FROM progress)) * 24
            AND hour <= (SELECT packed_hour FROM progress)
        UNION ALL
        SELECT 2, hour, 0, 0, 0, 0, 0, packed
        FROM archive.verdict_hour
        WHERE server_id = @server AND hour = ANY(@edges) AND hour <= (SELECT packed_hour FROM progress)
        UNION ALL
        SELECT 3, minute,
            CASE WHEN state = 1 AND NOT maintenance THEN weight ELSE 0 END,
            CASE WHEN state = 2 AND NOT maintenance THEN weight ELSE 0 END,
            CASE WHEN state = 3 AND NOT maintenance THEN weight ELSE 0 END,
            CASE WHEN state = 0 AND NOT maintenance THEN weight ELSE 0 END,
            CASE WHEN maintenance THEN weight ELSE 0 END, NULL
        FROM archive.verdict_minute
        WHERE server_id = @server AND minute = ANY(ARRAY(SELECT generate_series(
            greatest(@oldest, @from - 59, (SELECT packed_hour + 1 FROM progress) * 60), least(@newest, @to - 1))))
        UNION ALL
        SELECT 4, from_minute, coalesce(to_minute, @until), 0, 0, 0, 0, NULL
        FROM archive.watch_period
        WHERE server_id = @server AND from_minute < @to AND coalesce(to_minute, @until) > @from
        """;
}
