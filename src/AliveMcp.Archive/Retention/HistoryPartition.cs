using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Retention;

/// <summary>A partition of closed history.</summary>
/// <param name="Grain">What its rows are of.</param>
/// <param name="Class">By which retention class its rows were stored: that of their own time.</param>
/// <param name="Name">Its table's, without the schema.</param>
/// <param name="Until">The first UTC day that it cannot hold.</param>
/// <param name="Bytes">Its size on disk, indexes included.</param>
internal sealed record HistoryPartition(
    HistoryGrain Grain,
    RetentionClass Class,
    string Name,
    DateOnly Until,
    long Bytes
);

/// <summary>What a row of closed history is of.</summary>
internal enum HistoryGrain
{
    /// <summary>A server-hour with its minutes.</summary>
    Hour = 1,

    /// <summary>A server-day.</summary>
    Day = 2,

    /// <summary>A server-month, kept as long as days.</summary>
    Month = 3,
}
