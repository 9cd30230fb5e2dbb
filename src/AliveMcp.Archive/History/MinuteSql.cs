namespace AliveMcp.Archive.History;

/// <summary>The statement that reads the newest minutes of a window: of closed hours from their rows, of open ones from hot minutes.</summary>
internal static class MinuteSql
{
    public const string Read = """
        WITH progress AS MATERIALIZED (SELECT packed_hour FROM archive.progress)
        (SELECT hour AS Hour, packed AS Closed, NULL::bytea AS Packed
        FROM archive.verdict_hour
        WHERE server_id = @server AND hour >= @from / 60 AND hour <= (@to - 1) / 60
            AND hour <= (SELECT packed_hour FROM progress)
        ORDER BY hour DESC LIMIT @hours)
        UNION ALL
        SELECT minute / 60, NULL, packed
        FROM archive.verdict_minute
        WHERE server_id = @server AND minute = ANY(ARRAY(SELECT generate_series(
            greatest(@oldest, @from, (SELECT packed_hour + 1 FROM progress) * 60), least(@newest, @to - 1))))
        """;
}

/// <summary>A row of <see cref="MinuteSql.Read"/>: the packed minutes of a closed hour, or one packed verdict.</summary>
internal sealed record MinutesOfHour(int Hour, byte[]? Closed, byte[]? Packed)
{
    public IEnumerable<Hours.KeptMinute> Minutes =>
        Packed is null
            ? Hours.KeptMinutes.Unpack(Closed, Hour)
            : [Hours.KeptMinute.Of(Vocabulary.Handover.VerdictCodec.Unpack(Packed))];
}
