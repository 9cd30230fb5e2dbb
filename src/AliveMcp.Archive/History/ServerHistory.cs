using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>What was, as pages show it: days, hours and minutes of one server, read in the name of its tenant. One statement for each question.</summary>
public sealed class ServerHistory
{
    /// <summary>Days in one answer.</summary>
    public const int MostDays = 800;

    private readonly HistoryReader _reader;
    private readonly HistoryReach _reach;
    private readonly MinuteQueries _minutes;
    private readonly LatencyQueries _latency;

    /// <summary>A history of which no plan hides anything.</summary>
    public ServerHistory(PostgresDoors doors, TimeProvider clock)
        : this(new HistoryReader(doors, clock), HistoryReach.Whole) { }

    internal ServerHistory(HistoryReader reader, HistoryReach reach)
    {
        (_reader, _reach) = (reader, reach);
        _minutes = new MinuteQueries(reader, reach);
        _latency = new LatencyQueries(reader, reach);
    }

    /// <summary>One bar per UTC day, oldest first, the open day last.</summary>
    /// <param name="server">Whose days.</param>
    /// <param name="days">How many, 1 to 800; the open day is one of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<DayBar>> DaysAsync(ServerKey server, int days, CancellationToken cancellationToken) =>
        DaysAsync(server, MinuteStamp.Of(_reader.Now).Day, days, cancellationToken);

    /// <summary>One bar per UTC day, oldest first. Days that the plan hides are left out.</summary>
    /// <param name="server">Whose days.</param>
    /// <param name="last">The last day; one that is still to come is today.</param>
    /// <param name="days">How many, 1 to 800.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<DayBar>> DaysAsync(
        ServerKey server,
        DateOnly last,
        int days,
        CancellationToken cancellationToken
    )
    {
        var now = _reader.Now;
        var newest = Math.Min(MinuteStamp.Of(last).Value, MinuteStamp.Of(now).Value) / 1440;
        var first = Math.Max(0, newest - Math.Clamp(days, 1, MostDays) + 1);
        var asked = new Window(new MinuteStamp(first * 1440), new MinuteStamp((newest + 1) * 1440));
        var seen = await _reach.FiguresAsync(server.Tenant, asked, cancellationToken);
        if (seen.Minutes == 0)
        {
            return [];
        }

        var oldest = (seen.From.Value + 1439) / 1440;
        var values = new { from = oldest, last = newest };
        var rows = await _reader.ReadAsync<DayBars.Row>(server, HistorySql.Days, values, now, cancellationToken);
        return DayBars.Of(rows, oldest, newest, HistoryReader.Until(now).Value);
    }

    /// <summary>One point per UTC hour, oldest first, the open hour last.</summary>
    /// <param name="server">Whose hours.</param>
    /// <param name="hours">How many, 1 to 744; the open hour is one of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<LatencyPoint>> LatencyAsync(
        ServerKey server,
        int hours,
        CancellationToken cancellationToken
    )
    {
        var end = MinuteStamp.Of(_reader.Now) + 1;
        var window = new Window(new MinuteStamp(((end.Value - 1) / 60 - Math.Clamp(hours, 1, 744) + 1) * 60), end);
        return _latency.SeriesAsync(server, window, LatencyStep.Hour, cancellationToken);
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
        var all = new Window(default, MinuteStamp.Of(_reader.Now) + 1);
        return (await _minutes.PageAsync(server, all, Math.Clamp(last, 1, 1440), cancellationToken)).Minutes;
    }
}
