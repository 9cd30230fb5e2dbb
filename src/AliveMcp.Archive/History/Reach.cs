using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>How far back may be looked: what lies before is hidden, whether it is still stored or not.</summary>
/// <param name="Minutes">The first minute that is shown as minutes and hours.</param>
/// <param name="Days">The first minute of the first UTC day that is shown; not after <paramref name="Minutes"/>.</param>
internal readonly record struct Reach(MinuteStamp Minutes, MinuteStamp Days)
{
    private const int DayMinutes = 1440;

    /// <summary>Nothing is hidden.</summary>
    public static Reach Whole { get; } = new(default, default);

    /// <summary>What may be seen of a window minute by minute; empty when nothing may.</summary>
    public Window Cut(Window window) => Of(Later(window.From, Minutes), window.To);

    /// <summary>
    /// What may be seen of a window by its figures. Before the minutes only whole days are shown: a window that begins or ends within one of
    /// those loses that day.
    /// </summary>
    public Window CutFigures(Window window)
    {
        var from = Later(window.From, Days);
        var to = window.To;
        if (from < Minutes)
        {
            from = new MinuteStamp((from.Value + DayMinutes - 1) / DayMinutes * DayMinutes);
        }

        if (to < Minutes)
        {
            to = new MinuteStamp(to.Value / DayMinutes * DayMinutes);
        }

        return Of(from, to);
    }

    private static Window Of(MinuteStamp from, MinuteStamp to) => new(from, Later(from, to));

    private static MinuteStamp Later(MinuteStamp one, MinuteStamp other) => one > other ? one : other;
}
