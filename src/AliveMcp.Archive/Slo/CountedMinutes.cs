using AliveMcp.Archive.History;

namespace AliveMcp.Archive.Slo;

/// <summary>What a promise is held against: minutes whose state is known and that lie outside planned maintenance.</summary>
/// <param name="Minutes">All of them.</param>
/// <param name="Down">Those that were down.</param>
internal readonly record struct CountedMinutes(int Minutes, int Down)
{
    public static CountedMinutes Of(UptimeFigures figures) => new(figures.CountedMinutes, figures.DownMinutes);
}
