using AliveMcp.Testing.Storage;
using Dapper;

namespace AliveMcp.Bench.Stored;

/// <summary>What one kind of server costs.</summary>
/// <param name="HotRow">Bytes of a hot row, with its index.</param>
/// <param name="ClosedMinute">Bytes of hours, days and months for a minute of the clock, with their indexes.</param>
/// <param name="ServerYear">MB of a year of it.</param>
/// <param name="Packed">Mean bytes of an hour's minutes.</param>
/// <param name="Latency">Of its sketch.</param>
/// <param name="Regions">Of its regions.</param>
/// <param name="Verdict">Of a hot minute's verdict.</param>
internal sealed record StoredCase(
    double HotRow,
    double ClosedMinute,
    double ServerYear,
    double Packed,
    double Latency,
    double Regions,
    double Verdict
)
{
    private const string Sizes = """
        SELECT
            (SELECT sum(pg_total_relation_size(c.oid))::float8 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
             WHERE nspname = 'archive' AND relkind = 'r' AND relname LIKE 'verdict_minute_d%')
                / (SELECT count(*) FROM archive.verdict_minute) AS HotRow,
            (SELECT sum(pg_total_relation_size(c.oid))::float8 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
             WHERE nspname = 'archive' AND relkind = 'r' AND relname ~ '^verdict_(hour|day|month)_') AS Closed,
            (SELECT avg(length(packed)) FROM archive.verdict_hour)::float8 AS Packed,
            (SELECT avg(length(latency)) FROM archive.verdict_hour)::float8 AS Latency,
            (SELECT avg(length(regions)) FROM archive.verdict_hour)::float8 AS Regions,
            (SELECT avg(length(packed)) FROM archive.verdict_minute)::float8 AS Verdict
        """;

    /// <param name="storage">Where the history lies.</param>
    /// <param name="minutes">How many server-minutes it spans.</param>
    /// <param name="minutesOfYear">Of one year.</param>
    public static async Task<StoredCase> ReadAsync(TestStorage storage, double minutes, double minutesOfYear)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        var row = await connection.QuerySingleAsync<(
            double HotRow,
            double Closed,
            double Packed,
            double Latency,
            double Regions,
            double Verdict
        )>(Sizes);
        var closed = row.Closed / minutes;
        return new StoredCase(
            row.HotRow,
            closed,
            closed * minutesOfYear / 1_000_000,
            row.Packed,
            row.Latency,
            row.Regions,
            row.Verdict
        );
    }
}
