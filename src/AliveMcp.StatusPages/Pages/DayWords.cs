using AliveMcp.Archive.History;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Pages;

/// <summary>A day in words and shade; what state it shows is the archive's decision.</summary>
internal static class DayWords
{
    public static ServerState Shown(DayBar? bar) => bar?.Shown ?? ServerState.Unknown;

    public static string Label(DayBar bar) =>
        bar.Shown is null or ServerState.Unknown ? "No data" : StateWords.Label(bar.Shown.Value);

    /// <summary>A live day that had short failures: it is drawn a shade lighter.</summary>
    public static bool IsDented(DayBar? bar) =>
        bar is { Shown: ServerState.Live } && bar.DegradedMinutes + bar.DownMinutes > 0;

    /// <summary>For example "21 Nov 2026: Degraded, 99.31%, down 10 min".</summary>
    public static string Line(DateOnly day, DayBar? bar)
    {
        if (bar?.Shown is null or ServerState.Unknown)
        {
            return $"{Figures.ShortDay(day)}: no data";
        }

        var parts = new List<string> { Label(bar), Figures.Percent(bar.Uptime) };
        if (bar.DownMinutes > 0)
        {
            parts.Add($"down {Figures.Span(bar.DownMinutes)}");
        }

        if (bar.DegradedMinutes > 0)
        {
            parts.Add($"degraded {Figures.Span(bar.DegradedMinutes)}");
        }

        if (bar.MaintenanceMinutes > 0)
        {
            parts.Add($"maintenance {Figures.Span(bar.MaintenanceMinutes)}");
        }

        return $"{Figures.ShortDay(day)}: {string.Join(", ", parts)}";
    }

    /// <summary>The whole chart in one sentence, for those who do not see it.</summary>
    public static string Summary(IReadOnlyCollection<DayBar?> days)
    {
        int Count(ServerState state) => days.Count(day => Shown(day) == state);
        return $"Of the last {days.Count} UTC days, {Count(ServerState.Live)} live, {Count(ServerState.Degraded)} degraded, "
            + $"{Count(ServerState.Down)} down, {Count(ServerState.Unknown)} without data. The table below has each day.";
    }
}
