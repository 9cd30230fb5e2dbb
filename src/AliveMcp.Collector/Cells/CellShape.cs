using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Cells;

/// <summary>Whether a report is one that a prober of ours could write. What is kept is shown to operators, so words are words.</summary>
internal static class CellShape
{
    /// <summary>No cell's row covers more; a clock that stood still may have made it longer than its minute.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private static readonly string[] Ends =
    [
        "runs",
        "stopped",
        "handed_over",
        "wall_clock",
        "garbage",
        "out_of_memory",
        "crashed",
    ];

    public static bool IsSound(CellReport report) =>
        report is { Cells.Count: <= CellReport.Most, Kills.Count: <= CellReport.Most }
        && report.Cells.All(IsSound)
        && report.Kills.All(killed => killed is { Tenant: > 0, Kills: > 0 })
        && report.Kills.DistinctBy(killed => killed.Tenant).Count() == report.Kills.Count;

    private static bool IsSound(CellLine? cell) =>
        cell is { Orders: >= 0, Open: >= 0, Rss: >= 0, Bytes: >= 0, Tenant: null or > 0 }
        && Ends.Contains(cell.End)
        && cell.Lane == LaneWords.Name(cell.Tenant is null ? Lane.Shared : Lane.Isolated)
        && IsSpan(cell.Cpu)
        && IsSpan(cell.Wall);

    // Many cores: more time of them than of the clock.
    private static bool IsSpan(TimeSpan span) => span >= TimeSpan.Zero && span <= Longest;
}
