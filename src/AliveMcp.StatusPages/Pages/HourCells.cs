using AliveMcp.Archive.History;
using AliveMcp.Archive.Status;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Pages;

/// <summary>The last sixty minutes, one cell each: a verdict fills as many cells as it stands for minutes.</summary>
internal static class HourCells
{
    public const int Count = 60;

    /// <returns>Oldest first; null where no verdict stands. Empty before the first verdict.</returns>
    public static IReadOnlyList<(MinuteStamp Minute, MinuteRow? Row)> Of(
        IReadOnlyList<MinuteRow> rows,
        ServerStatus status
    )
    {
        if (status.LastMinute is not { } last)
        {
            return [];
        }

        var newest = rows.Count > 0 && rows[0].Minute > last ? rows[0].Minute : last;
        var weight = rows.Count > 0 ? rows[0].Weight : 1;
        var end = newest + (weight - 1);
        var cells = new (MinuteStamp Minute, MinuteRow? Row)[Count];
        for (var i = 0; i < Count; i++)
        {
            cells[i].Minute = end - (Count - 1 - i);
        }

        foreach (var row in rows.Reverse().Append(Newest(status, last, weight, rows)).OfType<MinuteRow>())
        {
            for (var minute = row.Minute; minute < row.Minute + row.Weight; minute += 1)
            {
                var place = Count - 1 - (end - minute);
                if (place is >= 0 and < Count)
                {
                    cells[place].Row = row;
                }
            }
        }

        return cells;
    }

    /// <summary>The archive follows the seal by a moment: until it has, the newest minute is known from the status alone.</summary>
    private static MinuteRow? Newest(ServerStatus status, MinuteStamp last, int weight, IReadOnlyList<MinuteRow> rows)
    {
        if (rows.Any(row => row.Minute == last) || status.Minute != last)
        {
            return null;
        }

        return new MinuteRow(last, status.State, status.Why, weight, Maintenance: false, LatencyMs: null);
    }
}
