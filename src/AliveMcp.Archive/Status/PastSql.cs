namespace AliveMcp.Archive.Status;

/// <summary>The one statement that reads the past of many servers of a tenant. Rows read do not grow with the length of their history.</summary>
internal static class PastSql
{
    /// <summary>
    /// Kinds: 0 how far packing has come; 1 the closed days of 30, added up; 2 closed hours of the last 24 and of days not packed yet;
    /// 3 minutes of hours not packed yet; 4 how long it was watched;
    /// 5 that its contract was declared to drift, or to be unstable, by more than its words.
    /// </summary>
    public const string Read = """
        WITH progress AS MATERIALIZED (SELECT packed_hour, packed_day FROM archive.progress)
        SELECT 0 AS kind, 0 AS server, packed_hour AS at, packed_day AS a, 0 AS b, 0 AS c, 0 AS d, 0 AS e,
            NULL::bytea AS packed, NULL::bytea AS latency
        FROM progress
        UNION ALL
        SELECT 1, server_id, 0, sum(live)::integer, sum(degraded)::integer, sum(down)::integer, sum(unknown)::integer,
            sum(maintenance)::integer, NULL, NULL
        FROM archive.verdict_day
        WHERE server_id = ANY(@servers) AND day >= @day30 AND day <= (SELECT packed_day FROM progress)
        GROUP BY server_id
        UNION ALL
        SELECT 2, server_id, hour, live, degraded, down, unknown, maintenance,
            CASE WHEN hour >= @hour24 THEN packed END, latency
        FROM archive.verdict_hour
        WHERE server_id = ANY(@servers) AND hour <= (SELECT packed_hour FROM progress)
            AND hour >= greatest(@day30 * 24, least(@hour24, (SELECT packed_day + 1 FROM progress) * 24))
        UNION ALL
        SELECT 3, server_id, minute, 0, 0, 0, 0, 0, packed, NULL
        FROM archive.verdict_minute
        WHERE server_id = ANY(@servers) AND minute = ANY(ARRAY(SELECT generate_series(
            greatest(@oldest, least(@reach, (SELECT packed_hour + 1 FROM progress) * 60)), @newest)))
        UNION ALL
        SELECT 4, server_id, min(from_minute),
            sum(greatest(0, least(coalesce(to_minute, @until), @until) - greatest(from_minute, @day30 * 1440)))::integer,
            0, 0, 0, 0, NULL, NULL
        FROM archive.watch_period
        WHERE server_id = ANY(@servers)
        GROUP BY server_id
        UNION ALL
        SELECT 5, server_id, max(minute), 0, 0, 0, 0, 0, NULL, NULL
        FROM archive.contract_drift
        WHERE server_id = ANY(@servers) AND minute >= @hour24 * 60 AND (kind = 3 OR kind = 1 AND gravest <> 1)
        GROUP BY server_id
        """;
}
