using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>The verdict-minutes of a server, and the changes of state that they tell.</summary>
public sealed class MinuteQueries
{
    /// <summary>Longest window whose changes are looked for at once: 31 days, 744 rows.</summary>
    public const int MostMinutesOfChanges = 31 * 1440;

    private readonly HistoryReader _reader;
    private readonly HistoryReach _reach;

    internal MinuteQueries(HistoryReader reader, HistoryReach reach) => (_reader, _reach) = (reader, reach);

    /// <summary>The newest minutes of a window, newest first. The next page is asked for with <see cref="MinutePage.Next"/> as the window's end.</summary>
    /// <param name="server">Whose minutes.</param>
    /// <param name="window">Of any length: what is read grows with <paramref name="most"/> only.</param>
    /// <param name="most">How many at most, from 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<MinutePage> PageAsync(
        ServerKey server,
        Window window,
        int most,
        CancellationToken cancellationToken
    )
    {
        var cut = await _reach.MinutesAsync(server.Tenant, window, cancellationToken);

        // Looked at every minute, sixty minutes lie in an hour. Where they do not, as many hours as minutes are enough.
        var few = (most / 60) + 3;
        var (minutes, hours) = await ReadAsync(server, cut, few, cancellationToken);
        if (minutes.Count <= most && hours == few)
        {
            // The window's ends may cut two of them to nothing.
            (minutes, _) = await ReadAsync(server, cut, most + 3, cancellationToken);
        }

        var page = minutes.OrderByDescending(minute => minute.Minute).Take(most).Select(MinuteRow.Of).ToList();
        return new MinutePage(page, minutes.Count > most ? page[^1].Minute : null);
    }

    /// <summary>The runs of one state in a window, the oldest first. See <see cref="StateRun"/>.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="window">At most <see cref="MostMinutesOfChanges"/> long: its beginning is moved where it is longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<StateRun>> ChangesAsync(
        ServerKey server,
        Window window,
        CancellationToken cancellationToken
    )
    {
        var from = new MinuteStamp(Math.Max(window.From.Value, window.To.Value - MostMinutesOfChanges));
        var cut = await _reach.MinutesAsync(server.Tenant, window with { From = from }, cancellationToken);
        var (minutes, _) = await ReadAsync(server, cut, (MostMinutesOfChanges / 60) + 1, cancellationToken);
        return StateRuns.Of(minutes.OrderBy(minute => minute.Minute));
    }

    private async Task<(List<KeptMinute> Minutes, int Hours)> ReadAsync(
        ServerKey server,
        Window window,
        int hours,
        CancellationToken cancellationToken
    )
    {
        if (window.Minutes == 0)
        {
            return ([], 0);
        }

        var values = new
        {
            from = window.From.Value,
            to = window.To.Value,
            hours,
        };
        var rows = await _reader.ReadAsync<MinutesOfHour>(
            server,
            MinuteSql.Read,
            values,
            _reader.Now,
            cancellationToken
        );
        var minutes = rows.SelectMany(row => row.Minutes).Where(minute => window.Holds(minute.Minute)).ToList();
        return (minutes, rows.Count(row => row.Packed is null));
    }
}

/// <summary>Some minutes, the newest first.</summary>
/// <param name="Minutes">At most as many as asked for.</param>
/// <param name="Next">The end of the window that holds the older ones; null when there are none.</param>
public sealed record MinutePage(IReadOnlyList<MinuteRow> Minutes, MinuteStamp? Next);
