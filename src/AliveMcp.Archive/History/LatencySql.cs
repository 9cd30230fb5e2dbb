namespace AliveMcp.Archive.History;

/// <summary>The statements that read how fast a server was: sketches of closed days or hours, and packed verdicts of what is open.</summary>
internal static class LatencySql
{
    /// <summary>Hours from <c>@from</c> up to <c>@to</c>, both counted from 1970.</summary>
    public const string Hours = $"""
        WITH progress AS MATERIALIZED (SELECT packed_hour FROM archive.progress)
        SELECT hour AS At, tries AS Tries, failed_tries AS FailedTries, latency AS Latency, regions AS Regions, NULL::bytea AS Packed
        FROM archive.verdict_hour
        WHERE server_id = @server AND hour >= @from AND hour < @to AND hour <= (SELECT packed_hour FROM progress)
        UNION ALL
        {OpenMinutes}
        """;

    /// <summary>Days likewise; of those that are not packed yet their hours, told by the hour.</summary>
    public const string Days = $"""
        WITH progress AS MATERIALIZED (SELECT packed_hour, packed_day FROM archive.progress)
        SELECT day * 24 AS At, tries AS Tries, failed_tries AS FailedTries, latency AS Latency, NULL::bytea AS Regions, NULL::bytea AS Packed
        FROM archive.verdict_day
        WHERE server_id = @server AND day >= @from / 24 AND day < @to / 24 AND day <= (SELECT packed_day FROM progress)
        UNION ALL
        SELECT hour, tries, failed_tries, latency, NULL, NULL
        FROM archive.verdict_hour
        WHERE server_id = @server AND hour >= @from AND hour < @to
            AND hour >= (SELECT packed_day + 1 FROM progress) * 24 AND hour <= (SELECT packed_hour FROM progress)
        UNION ALL
        {OpenMinutes}
        """;

    private const string OpenMinutes = """
        SELECT minute / 60, 0, 0, NULL, NULL, packed
        FROM archive.verdict_minute
        WHERE server_id = @server AND minute = ANY(ARRAY(SELECT generate_series(
            greatest(@oldest, @from * 60, (SELECT packed_hour + 1 FROM progress) * 60), least(@newest, @to * 60 - 1))))
        """;
}
