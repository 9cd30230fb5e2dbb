using System.Text;
using AliveMcp.Archive.History;

namespace AliveMcp.StatusPages.Pages;

/// <summary>Latency as SVG paths in a box of <see cref="Width"/> by <see cref="Height"/>; gaps stay gaps.</summary>
internal sealed class LatencyPlot
{
    public const int Width = 720;
    public const int Height = 160;

    private const int Minutes = 24 * 60;
    private const int PointMinutes = 60;

    private readonly IReadOnlyList<LatencyPoint> _points;
    private readonly DateTimeOffset _from;

    private LatencyPlot(IReadOnlyList<LatencyPoint> points)
    {
        _points = points;
        _from = points[^1].From.AddMinutes(PointMinutes - Minutes);
        Top = RoundUp(points.Max(point => Math.Max(point.P50Ms ?? 0, point.P95Ms ?? 0)));
    }

    /// <summary>The figure at the upper edge, milliseconds.</summary>
    public int Top { get; }

    public string P50 => Path(point => point.P50Ms);

    public string P95 => Path(point => point.P95Ms);

    /// <summary>Four moments along the lower edge, and the end.</summary>
    public IEnumerable<DateTimeOffset> Ticks => Enumerable.Range(0, 5).Select(i => _from.AddMinutes(i * Minutes / 4));

    /// <returns>Null when there is nothing to draw.</returns>
    public static LatencyPlot? Of(IReadOnlyList<LatencyPoint> points)
    {
        var drawn = points.Where(point => point.P50Ms is not null || point.P95Ms is not null).ToList();
        return drawn.Count == 0 ? null : new LatencyPlot(drawn);
    }

    private string Path(Func<LatencyPoint, int?> figure)
    {
        var path = new StringBuilder();
        DateTimeOffset? last = null;
        foreach (var point in _points)
        {
            if (figure(point) is not { } milliseconds)
            {
                continue;
            }

            var isNext = last is { } before && (point.From - before).TotalMinutes <= PointMinutes;
            path.Append(isNext ? 'L' : 'M').Append(X(point.From)).Append(' ').Append(Y(milliseconds));
            if (!isNext)
            {
                // A lone point is a line of no length, which round caps make visible.
                path.Append("h.01");
            }

            last = point.From;
        }

        return path.ToString();
    }

    private string X(DateTimeOffset from) =>
        Figures.Svg(((from - _from).TotalMinutes + (PointMinutes / 2.0)) * Width / Minutes);

    private string Y(int milliseconds) => Figures.Svg(Height - ((double)milliseconds * Height / Top));

    /// <summary>To 1, 2, 4 or 6 times a power of ten, so that half of it is a round figure too.</summary>
    private static int RoundUp(int most)
    {
        var power = 10;
        while (true)
        {
            foreach (var step in (ReadOnlySpan<int>)[1, 2, 4, 6])
            {
                if (step * power >= most)
                {
                    return step * power;
                }
            }

            power *= 10;
        }
    }
}
