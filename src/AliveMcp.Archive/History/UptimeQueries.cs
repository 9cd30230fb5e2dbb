using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>The uptime of a server over any window, exact to the minute.</summary>
public sealed class UptimeQueries
{
    private const int DayMinutes = 1440;

    /// <summary>A verdict stands for up to 60 minutes: one may reach into a window from this far before it.</summary>
    private const int Spill = 59;

    private readonly HistoryReader _reader;
    private readonly HistoryReach _reach;

    internal UptimeQueries(HistoryReader reader, HistoryReach reach) => (_reader, _reach) = (reader, reach);

    /// <summary>Counts a window; what the tenant's plan hides of it is not counted. A window without a counted minute has no percent.</summary>
    public async Task<UptimeFigures> OfAsync(ServerKey server, Window window, CancellationToken cancellationToken)
    {
        var now = _reader.Now;
        var seen = await _reach.FiguresAsync(server.Tenant, window, cancellationToken);
        if (seen.Minutes == 0)
        {
            return new UptimeFigures { Window = seen };
        }

        var rows = await _reader.ReadAsync<WindowRow>(server, UptimeSql.Read, Values(seen), now, cancellationToken);
        return WindowSum.Of(rows, seen, HistoryReader.Until(now));
    }

    private static object Values(Window window)
    {
        var (from, to) = (window.From.Value, window.To.Value);
        return new
        {
            from,
            to,
            firstDay = (from + DayMinutes - 1) / DayMinutes,
            endDay = to / DayMinutes,
            firstHour = (from + 59) / 60,
            endHour = to / 60,
            edges = Edges(from).Concat(Edges(to)).Distinct().ToArray(),
        };
    }

    /// <summary>The hours around an end that lies within a day. At a day's boundary days count as their bars do.</summary>
    private static IEnumerable<int> Edges(int end)
    {
        if (end % DayMinutes == 0)
        {
            yield break;
        }

        for (var hour = (end - Spill) / 60; hour <= end / 60; hour++)
        {
            yield return hour;
        }
    }
}
