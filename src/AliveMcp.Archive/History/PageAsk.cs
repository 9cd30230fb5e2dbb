using AliveMcp.Archive.Drift;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>Which page of a list, the newest first, a request asks for.</summary>
/// <param name="Count">How many rows at most.</param>
/// <param name="Before">The place that the page lies behind.</param>
internal sealed record PageAsk<TPlace>(int Count, TPlace Before)
{
    /// <summary>How many rows to read: one more than are shown tells whether there is a next page.</summary>
    public int Rows => Count + 1;

    /// <param name="read">Up to <see cref="Rows"/> rows.</param>
    /// <param name="place">How a row's place is written.</param>
    /// <returns>The rows to show, and the place of the last one when there are older ones.</returns>
    public (IReadOnlyList<TRow> Page, string? Next) Cut<TRow>(IReadOnlyList<TRow> read, Func<TRow, string> place) =>
        read.Count > Count ? ([.. read.Take(Count)], place(read[Count - 1])) : (read, null);
}

/// <summary>Reads <see cref="PageAsk{TPlace}"/>.</summary>
internal static class PageAsk
{
    private const int Most = 100;
    private const int UnlessTold = 20;

    /// <param name="last">How many, 1 to 100; 20 unless told.</param>
    /// <param name="before">A place as <see cref="PageAsk{TPlace}.Cut"/> wrote it; nothing for the newest page.</param>
    /// <param name="newest">The place of the newest page.</param>
    /// <param name="isPlace">Reads a place.</param>
    public static Result<PageAsk<TPlace>> Read<TPlace>(
        string? last,
        string? before,
        TPlace newest,
        TryReadPlace<TPlace> isPlace
    )
    {
        var most = CountAsk.Read("last", last, UnlessTold, Most);
        List<Problem> problems = [.. most.Problems];
        var place = newest;
        if (!string.IsNullOrEmpty(before) && !isPlace(before, out place))
        {
            problems.Add(ContractProblems.NotACursor(before));
        }

        return most.TryGet(out var count) && problems.Count == 0 ? new PageAsk<TPlace>(count, place) : problems;
    }
}
