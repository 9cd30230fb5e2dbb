using System.Globalization;
using System.Text;
using AliveMcp.Archive.History;

namespace AliveMcp.Archive.Slo.Sla.Page;

/// <summary>
/// A month as a drawing of <see cref="Width"/> by <see cref="Height"/>: above, each day's uptime as a line with the target across it; below,
/// each day's minutes as a stacked bar. Pure.
/// </summary>
internal sealed class SlaPlot
{
    public const int Width = 720;
    public const int Height = 172;
    public const int Left = 58;
    public const int LineTop = 12;
    public const int LineHeight = 92;
    public const int BarTop = 118;
    public const int BarHeight = 34;

    private const double Gap = 2;

    /// <summary>What the axis of the line may begin with, the tightest first.</summary>
    private static readonly decimal[] Floors = [99.9m, 99.5m, 99m, 98m, 95m, 90m, 80m, 50m, 0m];

    private readonly SlaMonth _month;
    private readonly IReadOnlyList<DayBar> _days;
    private readonly double _slot;

    public SlaPlot(SlaServer server, SlaMonth month)
    {
        _month = month;
        _days = server.Days;
        _slot = (double)(Width - Left) / month.Last.Day;
        Target = server.Server.Objective.TargetPercent;
        var lowest = Math.Min(Target, _days.Min(day => day.Uptime) ?? 100m);
        Floor = Floors.First(floor => floor <= lowest && (floor < lowest || floor == 0));
    }

    public decimal Target { get; }

    /// <summary>The percentage at the foot of the line.</summary>
    public decimal Floor { get; }

    /// <summary>The percentages that have a line of their own.</summary>
    public IEnumerable<decimal> Ticks => [100m, (100m + Floor) / 2, Floor];

    /// <summary>Path of the uptime line; days of which nothing counts are gaps.</summary>
    public string Line
    {
        get
        {
            var path = new StringBuilder();
            var isNext = false;
            foreach (var day in _days)
            {
                if (day.Uptime is not { } uptime)
                {
                    isNext = false;
                    continue;
                }

                path.Append(isNext ? 'L' : 'M')
                    .Append(SlaFigures.Svg(Middle(day.Day)))
                    .Append(' ')
                    .Append(SlaFigures.Svg(Y(uptime)));
                // A lone point is a line of no length, which round caps make visible.
                path.Append(isNext ? "" : "h.1");
                isNext = true;
            }

            return path.ToString();
        }
    }

    /// <summary>Days that missed the target: a dot each.</summary>
    public IEnumerable<(double X, double Y)> Misses =>
        _days.Where(day => day.Uptime < Target).Select(day => (Middle(day.Day), Y(day.Uptime!.Value)));

    /// <summary>Every part of every bar, with its class.</summary>
    public IEnumerable<(double X, double Y, double Width, double Height, string Class)> Bars => _days.SelectMany(Stack);

    /// <summary>Every fifth day's number, and the first.</summary>
    public IEnumerable<(double X, string Text)> Labels =>
        Enumerable
            .Range(1, _month.Last.Day)
            .Where(day => day == 1 || day % 5 == 0)
            .Select(day => (Left + ((day - 0.5) * _slot), day.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The drawing in a sentence, for those who do not see it.</summary>
    public string Summary
    {
        get
        {
            var worst = _days.Where(day => day.Uptime is not null).OrderBy(day => day.Uptime).FirstOrDefault();
            return worst is null
                ? "No day of this month has a counted minute."
                : $"Uptime by UTC day. The lowest is {SlaFigures.Percent(worst.Uptime)} on {worst.Day.ToString("d MMMM", CultureInfo.InvariantCulture)}; "
                    + $"{SlaFigures.Count(_days.Count(day => day.DownMinutes > 0), "day")} with down minutes.";
        }
    }

    public double Y(decimal percent) => LineTop + ((double)((100m - percent) / (100m - Floor)) * LineHeight);

    private double Middle(DateOnly day) => Left + ((day.Day - 0.5) * _slot);

    /// <summary>From the foot up: live, degraded, down, maintenance, unknown. What is left of the day was not watched, or is still to come.</summary>
    private IEnumerable<(double, double, double, double, string)> Stack(DayBar day)
    {
        // A day that holds more than its minutes (a verdict stands for some beyond midnight) fills its bar and no more.
        var whole = Math.Max(
            1440,
            day.LiveMinutes + day.DegradedMinutes + day.DownMinutes + day.MaintenanceMinutes + day.UnknownMinutes
        );
        var foot = (double)(BarTop + BarHeight);
        (int Minutes, string Class)[] parts =
        [
            (day.LiveMinutes, "live"),
            (day.DegradedMinutes, "degraded"),
            (day.DownMinutes, "down"),
            (day.MaintenanceMinutes, "maintenance"),
            (day.UnknownMinutes, "unknown"),
        ];
        foreach (var (minutes, state) in parts.Where(part => part.Minutes > 0))
        {
            // A minute of outage is seen: a bar's part is never thinner than a hair.
            var height = Math.Max(state == "down" ? 2 : 0.4, (double)minutes / whole * BarHeight);
            foot = Math.Max(BarTop, foot - height);
            yield return (Left + ((day.Day.Day - 1) * _slot) + (Gap / 2), foot, _slot - Gap, height, state);
        }
    }
}
