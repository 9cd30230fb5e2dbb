using AliveMcp.Archive.Hours;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Dapper;

namespace AliveMcp.Archive.History;

/// <summary>Looks one minute up, for its explanation.</summary>
internal sealed class ArchivedMinutes(PostgresDoors doors)
{
    /// <summary>What is held of a minute; all empty when nothing is.</summary>
    public async Task<ArchivedMinute> FindAsync(
        ServerKey server,
        MinuteStamp minute,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT
                (SELECT packed FROM archive.verdict_minute WHERE server_id = @server AND minute = @minute) AS Packed,
                (SELECT packed FROM archive.verdict_hour WHERE server_id = @server AND hour = @minute / 60 LIMIT 1) AS Closed,
                EXISTS (SELECT FROM archive.watch_period
                    WHERE server_id = @server AND from_minute <= @minute AND (to_minute IS NULL OR to_minute > @minute)) AS Watched
            """;
        await using var session = await doors.OpenAsync(server.Tenant, cancellationToken);
        var row = await session.Connection.QuerySingleAsync<Row>(
            session.Command(sql, new { server = server.Server.Value, minute = minute.Value }, cancellationToken)
        );
        return new ArchivedMinute
        {
            Verdict = row.Packed is null ? null : VerdictCodec.Unpack(row.Packed),
            Closed = row.Closed is null ? null : Closed(row.Closed, minute),
            Watched = row.Watched,
        };
    }

    private static MinuteRow? Closed(byte[] packed, MinuteStamp minute)
    {
        foreach (var kept in KeptMinutes.Unpack(packed, minute.Hour))
        {
            if (kept.Minute == minute)
            {
                return new MinuteRow(minute, kept.State, kept.Why, kept.Weight, kept.Maintenance, kept.LatencyMs);
            }
        }

        return null;
    }

    private sealed record Row(byte[]? Packed, byte[]? Closed, bool Watched);
}
