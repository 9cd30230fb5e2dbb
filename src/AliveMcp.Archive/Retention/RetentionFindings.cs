using System.Globalization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Retention;

/// <summary>What a look at retention found.</summary>
public sealed class RetentionFindings
{
    internal RetentionFindings(
        PromiseAnswer promises,
        IReadOnlyList<HistoryPartition> over,
        IReadOnlyList<RowsOver> rows,
        KeptDays kept,
        DateOnly today
    ) => (Promises, Over, Rows, Kept, Today) = (promises, over, rows, kept, today);

    /// <summary>Promises that <c>deploy/plans.yaml</c> would break; while there is one nothing is dropped.</summary>
    public IReadOnlyList<Problem> Broken => Promises.Broken;

    internal PromiseAnswer Promises { get; }

    internal IReadOnlyList<HistoryPartition> Over { get; }

    internal IReadOnlyList<RowsOver> Rows { get; }

    internal KeptDays Kept { get; }

    internal DateOnly Today { get; }

    /// <summary>What would be dropped, and why: one line each, in the order in which it is done.</summary>
    public IReadOnlyList<string> Lines()
    {
        var granted = Promises.Granted.Select(promise =>
            $"promise  tenant {promise.Tenant}: plan {promise.Plan}, minutes {PromiseRule.Word(promise.Minutes)}, days {promise.Days}"
        );
        var dropped = Over.Select(partition =>
            $"drop     archive.{partition.Name}, {Size(partition.Bytes)}: ends {Day(partition.Until)}, "
            + $"class {PromiseRule.Word(partition.Class)} keeps {Word(partition.Grain)} from {Day(FirstKept(partition))}"
            + $" ({RetentionRule.GraceDays} days of grace included)"
        );
        var rows = Rows.Where(rows => rows.Rows > 0)
            .Select(rows =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"delete   {rows.Rule.Surface}, {rows.Rows} rows: {rows.Rule.Why}"
                )
            );
        return [.. granted, .. dropped, .. rows];
    }

    private DateOnly FirstKept(HistoryPartition partition) =>
        RetentionRule.FirstKept(partition.Grain, partition.Class, Kept, Today);

    private static string Word(HistoryGrain grain) => grain == HistoryGrain.Hour ? "minutes" : "days";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MB");
}

/// <summary>What was done.</summary>
/// <param name="Dropped">Names of partitions that are gone.</param>
/// <param name="Held">Names of partitions that somebody was reading for too long: the next round tries again.</param>
/// <param name="Deleted">Rows that went, by table; at most as many at a time as a round may delete.</param>
public sealed record RetentionOutcome(
    IReadOnlyList<string> Dropped,
    IReadOnlyList<string> Held,
    IReadOnlyList<KeyValuePair<string, int>> Deleted
)
{
    /// <summary>There may be more to do at once: something was held, or a table gave as many rows as a round takes.</summary>
    public bool IsUnfinished => Held.Count > 0 || Deleted.Any(table => table.Value >= RowTable.AtOnce);
}
