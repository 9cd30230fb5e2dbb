using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Archive.Retention;

/// <summary>
/// Which partitions of closed history are over: every row of them lies before what its class keeps, and the days of grace have passed as well.
/// Rows go by the class of their own time, whatever plan their tenant is on today.
/// </summary>
internal static class RetentionRule
{
    /// <summary>How long history that no plan of its class shows any more stays, for tenants who come back to a longer plan.</summary>
    public const int GraceDays = 30;

    /// <summary>The partitions to drop, the oldest first.</summary>
    public static IReadOnlyList<HistoryPartition> Over(
        IEnumerable<HistoryPartition> partitions,
        KeptDays kept,
        DateOnly today
    ) =>
        [
            .. partitions
                .Where(partition => partition.Until <= FirstKept(partition.Grain, partition.Class, kept, today))
                .OrderBy(partition => partition.Until)
                .ThenBy(partition => partition.Name, StringComparer.Ordinal),
        ];

    /// <summary>The first UTC day of which rows of a class stay.</summary>
    public static DateOnly FirstKept(HistoryGrain grain, RetentionClass kept, KeptDays days, DateOnly today) =>
        (grain == HistoryGrain.Hour ? HistoryHorizon.FirstDayOf(kept, today) : today.AddDays(-days.Of(kept))).AddDays(
            -GraceDays
        );
}

/// <summary>How many days of bars each retention class keeps: the longest of all plans and promises that store by it.</summary>
internal sealed class KeptDays
{
    private readonly Dictionary<RetentionClass, int> _days = [];
    private readonly int _longest;

    public KeptDays(IEnumerable<Plan> plans, IEnumerable<HistoryPromise> promises)
    {
        var all = plans
            .Select(plan => (Class: plan.MinuteHistory, Days: plan.DayHistory))
            .Concat(promises.Select(promise => (Class: promise.Minutes, promise.Days)))
            .ToList();
        foreach (var (kept, days) in all)
        {
            _days[kept] = Math.Max(days, _days.GetValueOrDefault(kept));
        }

        _longest = all.Max(one => one.Days);
    }

    /// <summary>Of a class that no plan has any more, as long as of the longest plan: whose rows these are is not known here.</summary>
    public int Of(RetentionClass kept) => _days.TryGetValue(kept, out var days) ? days : _longest;
}
