using AliveMcp.Archive.Hours;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Dapper;

namespace AliveMcp.Archive.History;

/// <summary>What was: days, hours and minutes of one server, read in the name of its tenant. One statement for each question.</summary>
public sealed class ServerHistory(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>Hot minutes are kept for two days.</summary>
    private const int HotMinutes = 2 * 1440;

    /// <summary>One bar per UTC day, oldest first, the open day last.</summary>
    /// <param name="server">Whose days.</param>
    /// <param name="days">How many, 1 to 800; the open day is one of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<DayBar>> DaysAsync(ServerKey server, int days, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = MinuteStamp.Of(now).Value / 1440;
        var from = today - Math.Clamp(days, 1, 800) + 1;
        var until = HourClock.NewestSealed(now).Value + 1;
        var rows = await ReadAsync<DayBars.Row>(server, HistorySql.Days, from, 0, cancellationToken);
        return DayBars.Of(rows, from, today, until);
    }

    /// <summary>One point per UTC hour, oldest first, the open hour last.</summary>
    /// <param name="server">Whose hours.</param>
    /// <param name="hours">How many, 1 to 744; the open hour is one of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<LatencyPoint>> LatencyAsync(
        ServerKey server,
        int hours,
        CancellationToken cancellationToken
    )
    {
        var open = MinuteStamp.Of(clock.GetUtcNow()).Hour;
        var from = open - Math.Clamp(hours, 1, 744) + 1;
        var rows = await ReadAsync<LatencyRow>(server, HistorySql.Latency, from, 0, cancellationToken);
        var byHour = rows.ToLookup(row => row.Hour);
        return [.. Enumerable.Range(from, open - from + 1).Select(hour => Point(hour, byHour[hour]))];
    }

    /// <summary>The newest archived minutes, newest first.</summary>
    /// <param name="server">Whose minutes.</param>
    /// <param name="last">How many at most, 1 to 1440.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<MinuteRow>> MinutesAsync(
        ServerKey server,
        int last,
        CancellationToken cancellationToken
    )
    {
        var most = Math.Clamp(last, 1, 1440);
        var rows = await ReadAsync<HourMinutes>(server, HistorySql.Minutes, 0, most, cancellationToken);
        return
        [
            .. rows.SelectMany(row => row.Minutes)
                .OrderByDescending(minute => minute.Minute)
                .Take(most)
                .Select(minute => new MinuteRow(
                    minute.Minute,
                    minute.State,
                    minute.Why,
                    minute.Weight,
                    minute.Maintenance,
                    minute.LatencyMs
                )),
        ];
    }

    private static LatencyPoint Point(int hour, IEnumerable<LatencyRow> rows)
    {
        var sketch = new LatencySketch();
        foreach (var row in rows)
        {
            sketch.Add(row.Sketch);
        }

        var start = new MinuteStamp(hour * 60).Start;
        return new LatencyPoint(start, sketch.Percentile(0.5), sketch.Percentile(0.95));
    }

    private async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(
        ServerKey server,
        string sql,
        int from,
        int last,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var newest = MinuteStamp.Of(now).Value;
        var values = new
        {
            server = server.Server.Value,
            from,
            last,
            newest,
            oldest = newest - HotMinutes,
            until = HourClock.NewestSealed(now).Value + 1,
        };
        await using var session = await doors.OpenAsync(server.Tenant, cancellationToken);
        var rows = await session.Connection.QueryAsync<TRow>(
            new CommandDefinition(sql, values, session.Transaction, cancellationToken: cancellationToken)
        );
        return rows.AsList();
    }

    private sealed record LatencyRow(int Hour, byte[]? Latency, byte[]? Packed)
    {
        public LatencySketch Sketch =>
            Packed is null ? LatencySketch.Unpack(Latency) : HourRow.FirstTries([VerdictCodec.Unpack(Packed)]);
    }

    private sealed record HourMinutes(int Hour, byte[]? Closed, byte[]? Packed)
    {
        public IEnumerable<KeptMinute> Minutes =>
            Packed is null ? KeptMinutes.Unpack(Closed, Hour) : [KeptMinute.Of(VerdictCodec.Unpack(Packed))];
    }
}
