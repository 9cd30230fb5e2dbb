using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>Adds up what was read of a window, UTC day by UTC day, so that a window of whole days says what their bars say. Pure.</summary>
internal sealed class WindowSum
{
    private const int DayMinutes = 1440;
    private readonly Window _window;
    private readonly MinuteStamp _until;
    private readonly Dictionary<int, StateWeights> _days = [];
    private readonly List<WindowRow> _periods = [];

    /// <summary>What is known minute by minute: by minute, its weights.</summary>
    private readonly SortedDictionary<int, StateWeights> _minutes = [];

    private WindowSum(Window window, MinuteStamp until) => (_window, _until) = (window, until);

    /// <param name="rows">What <see cref="UptimeSql.Read"/> gave.</param>
    /// <param name="window">What was asked for; at least a minute.</param>
    /// <param name="until">The first minute that need not be sealed yet.</param>
    public static UptimeFigures Of(IEnumerable<WindowRow> rows, Window window, MinuteStamp until)
    {
        var sum = new WindowSum(window, until);
        foreach (var row in rows)
        {
            sum.Take(row);
        }

        return sum.Figures();
    }

    private void Take(WindowRow row)
    {
        switch (row.Kind)
        {
            case 0:
                Add(row.At, row.Weights);
                break;
            case 1:
                Add(row.At / 24, row.Weights);
                break;
            case 2:
                TakeCut(row);
                break;
            case 3:
                _minutes[row.At] = row.Weights;
                AddInside(new MinuteStamp(row.At), row.Weights);
                break;
            default:
                _periods.Add(row);
                break;
        }
    }

    /// <summary>Of an hour that lies whole in the window the weights are counted by its row already.</summary>
    private void TakeCut(WindowRow row)
    {
        var isWhole = row.At * 60 >= _window.From.Value && (row.At + 1) * 60 <= _window.To.Value;
        foreach (var minute in KeptMinutes.Unpack(row.Packed, row.At))
        {
            var weights = StateWeights.Of(minute);
            _minutes[minute.Minute.Value] = weights;
            if (!isWhole)
            {
                AddInside(minute.Minute, weights);
            }
        }
    }

    private void AddInside(MinuteStamp minute, StateWeights weights)
    {
        if (_window.Holds(minute))
        {
            Add(minute.Value / DayMinutes, weights);
        }
    }

    private void Add(int day, StateWeights weights) => _days[day] = _days.GetValueOrDefault(day) + weights;

    private UptimeFigures Figures()
    {
        var all = default(StateWeights);
        var unknown = 0;
        for (var day = _window.From.Value / DayMinutes; day * DayMinutes < _window.To.Value; day++)
        {
            var weights = _days.GetValueOrDefault(day);
            all += weights;
            unknown += Unknown(day, weights);
        }

        return new UptimeFigures
        {
            Window = _window,
            LiveMinutes = all.Live,
            DegradedMinutes = all.Degraded,
            DownMinutes = all.Down,
            UnknownMinutes = unknown,
            MaintenanceMinutes = all.Maintenance,
        };
    }

    private int Unknown(int day, StateWeights weights)
    {
        var from = Math.Max(_window.From.Value, day * DayMinutes);
        var to = Math.Min(_window.To.Value, (day + 1) * DayMinutes);
        var expected = _periods.Sum(period =>
            Math.Max(0, Math.Min(period.PeriodEnd, Math.Min(to, _until.Value)) - Math.Max(period.At, from))
        );

        // What stands for minutes beyond the end makes up for none inside; what reaches in from before does.
        var cut = to % DayMinutes == 0 ? _until.Value : Math.Min(to, _until.Value);
        var beyond = _minutes
            .Where(minute => minute.Key >= from && minute.Key < to)
            .Sum(minute => Math.Clamp(minute.Key + minute.Value.Seen - cut, 0, minute.Value.Seen));
        var before =
            from % DayMinutes == 0
                ? 0
                : _minutes
                    .Where(minute => minute.Key < from)
                    .Sum(minute => Math.Max(0, Math.Min(minute.Key + minute.Value.Seen, to) - from));
        return Math.Max(weights.Unknown, expected + beyond - before - weights.Seen);
    }
}

/// <summary>A row of <see cref="UptimeSql.Read"/>.</summary>
internal sealed record WindowRow(
    int Kind,
    int At,
    int Live,
    int Degraded,
    int Down,
    int Unknown,
    int Maintenance,
    byte[]? Packed
)
{
    public StateWeights Weights => new(Live, Degraded, Down, Unknown, Maintenance);

    /// <summary>Of a period, the column means its end.</summary>
    public int PeriodEnd => Live;
}
