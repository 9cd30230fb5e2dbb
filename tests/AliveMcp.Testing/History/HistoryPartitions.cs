using Dapper;
using Npgsql;

namespace AliveMcp.Testing.History;

/// <summary>Makes the partitions that a history needs, in the way in which the product makes them.</summary>
internal static class HistoryPartitions
{
    private const string Make = """
        SELECT archive.make_minute_day(day) FROM generate_series(@firstHot, @lastHot) AS day;
        SELECT archive.make_hour_month(class, hour)
        FROM unnest(@classes) AS class, generate_series(@FirstHour, @ClosedHour + 23, 24) AS hour;
        SELECT archive.make_day_year(class, day)
        FROM unnest(@classes) AS class, generate_series(@FirstDay, @ClosedDay) AS day;
        SELECT archive.make_month_year(class, month)
        FROM unnest(@classes) AS class, generate_series(@FirstMonth, @ClosedMonth) AS month;
        """;

    public static Task EnsureAsync(NpgsqlConnection connection, IEnumerable<ServerStory> stories, HistorySpan span) =>
        connection.ExecuteAsync(
            Make,
            new
            {
                classes = stories.Select(story => (short)story.Traits.Retention).Distinct().ToArray(),
                firstHot = span.FirstMinute.Value / 1440,
                lastHot = span.Until.Value / 1440,
                span.FirstHour,
                span.ClosedHour,
                span.FirstDay,
                span.ClosedDay,
                span.FirstMonth,
                span.ClosedMonth,
            }
        );
}
