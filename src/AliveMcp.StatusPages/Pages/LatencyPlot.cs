using System.Text;
using AliveMcp.Archive.History;

namespace AliveMcp.StatusPages.Pages;

/// <summary>
/// Latency as SVG paths in a box of <see cref="Width"/> by <see cref="Height"/>; gaps stay gaps. A day by hours, or, as long as a day would
/// be all but empty, the last hour by minutes.
/// </summary>
internal sealed class LatencyPlot
{
    public const int Width = 720;
    public const int Height = 160;

    private const int FewestHours = 3;

    private readonly IReadOnlyList<Mark> _marks;
    private readonly DateTimeOffset _from;
    private readonly int _window;

    private LatencyPlot(IReadOnlyList<Mark> marks, int window)
    {
        _marks = marks;
        _window = window;
        _from = marks[^1].From.AddMinutes(marks[^1].Minutes - window);
        Top = RoundUp(marks.Max(mark => Math.Max(mark.Upper, mark.Lower ?? 0)));
    }

    /// <summary>One time and its figures.</summary>
    /// <param name="From">Where its time begins.</param>
    /// <param name="Minutes">How long its time is.</param>
    /// <param name="Upper">The line in full: p95 of an hour, the median of a minute's regions.</param>
    /// <param name="Lower">The dashed line: p50; null when there is none.</param>
    private sealed record Mark(DateTimeOffset From, int Minutes, int Upper, int? Lower);

    /// <summary>The last hour by minutes, not a day by hours.</summary>
    public bool IsHour => _window == HourCells.Count;

    /// <summary>The figure at the upper edge, milliseconds.</summary>
    public int Top { get; }

    public string Upper => Path(mark => mark.Upper);

    public string Lower => Path(mark => mark.Lower);

    /// <summary>Four moments along the lower edge, and the end.</summary>
    public IEnumerable<DateTimeOffset> Ticks => Enumerable.Range(0, 5).Select(i => _from.AddMinutes(i * _window / 4.0));

    /// <returns>Null when there is nothing to draw.</returns>
    public static LatencyPlot? Of(IReadOnlyList<LatencyPoint> hours, IReadOnlyList<MinuteRow> minutes)
    {
        var byHour = hours
            .Where(point => point.P95Ms is not null)
            .Select(point => new Mark(point.From, 60, point.P95Ms!.Value, point.P50Ms))
            .ToList();
        var byMinute = minutes
            .Where(row => row.LatencyMs is not null)
            .Select(row => new Mark(row.Minute.Start, row.Weight, row.LatencyMs!.Value, Lower: null))
            .Reverse()
            .ToList();
        if (byMinute.Count > 0 && byHour.Count < FewestHours)
        {
            return new LatencyPlot(byMinute, HourCells.Count);
        }

        return byHour.Count == 0 ? null : new LatencyPlot(byHour, 24 * 60);
    }

    private string Path(Func<Mark, int?> figure)
    {
        var path = new StringBuilder();
        Mark? last = null;
        foreach (var mark in _marks.Where(mark => figure(mark) is not null && mark.From >= _from))
        {
            var isNext = last is not null && mark.From <= last.From.AddMinutes(last.Minutes);
            path.Append(isNext ? 'L' : 'M').Append(X(mark)).Append(' ').Append(Y(figure(mark)!.Value));
            if (!isNext)
            {
                // A lone point is a line of no length, which round caps make visible.
                path.Append("h.1");
            }

            last = mark;
        }

        return path.ToString();
    }

    private string X(Mark mark) =>
        Figures.Svg(((mark.From - _from).TotalMinutes + (mark.Minutes / 2.0)) * Width / _window);

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
