using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>How fast a server was: percentiles from merged sketches, phases by region.</summary>
public sealed class LatencyQueries
{
    private readonly HistoryReader _reader;
    private readonly HistoryReach _reach;

    internal LatencyQueries(HistoryReader reader, HistoryReach reach) => (_reader, _reach) = (reader, reach);

    /// <summary>A point for every hour or UTC day that the window touches, the oldest first, without what the plan hides.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="window">At most 800 points are answered: the newest.</param>
    /// <param name="step">How fine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<LatencyPoint>> SeriesAsync(
        ServerKey server,
        Window window,
        LatencyStep step,
        CancellationToken cancellationToken
    )
    {
        var seen = await (
            step == LatencyStep.Day
                ? _reach.FiguresAsync(server.Tenant, window, cancellationToken)
                : _reach.MinutesAsync(server.Tenant, window, cancellationToken)
        );
        if (seen.Minutes == 0)
        {
            return [];
        }

        var hours = step == LatencyStep.Day ? 24 : 1;
        var to = (seen.To.Value + (hours * 60) - 1) / (hours * 60) * hours;
        var from = Math.Max(seen.From.Value / (hours * 60) * hours, to - (LatencyPoints.Most * hours));
        var rows = await _reader.ReadAsync<LatencyRow>(
            server,
            step == LatencyStep.Day ? LatencySql.Days : LatencySql.Hours,
            new { from, to },
            _reader.Now,
            cancellationToken
        );
        return LatencyPoints.Of(rows, from, to, hours);
    }
}
