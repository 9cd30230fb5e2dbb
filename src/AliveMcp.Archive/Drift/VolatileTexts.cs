using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts.Changes;

namespace AliveMcp.Archive.Drift;

/// <summary>Texts that change so often that no single change is news: a clock in a description, a counter in a title. They stay screened.</summary>
internal static class VolatileTexts
{
    private const int Often = 3;
    private static readonly TimeSpan Within = TimeSpan.FromHours(1);

    /// <summary>The lists that were new in the hour before an instant, in their order, and the one before them.</summary>
    public static IReadOnlyList<KeptContract> HourBefore(DateTimeOffset now, IReadOnlyList<KeptContract> kept)
    {
        var known = kept.Where(list => list.FirstSeen <= now).ToList();
        var first = known.FindIndex(list => now - list.FirstSeen < Within);
        return first < 0 ? [] : known[Math.Max(0, first - 1)..];
    }

    /// <summary>The texts that changed three times or more in the hour before an instant.</summary>
    public static IReadOnlySet<(string? Tool, string Path)> At(
        DateTimeOffset now,
        IEnumerable<(DateTimeOffset At, ContractChange Change)> changes
    ) =>
        changes
            .Where(seen => seen.Change.Class == ChangeClass.Text && seen.At <= now && now - seen.At < Within)
            .GroupBy(seen => (seen.Change.Tool, seen.Change.Path))
            .Where(text => text.Count() >= Often)
            .Select(text => text.Key)
            .ToHashSet();

    /// <summary>The changes that are still news.</summary>
    public static IReadOnlyList<ContractChange> Masked(
        IReadOnlyList<ContractChange> changes,
        IReadOnlySet<(string? Tool, string Path)> volatileTexts
    ) =>
        [
            .. changes.Where(change =>
                change.Class != ChangeClass.Text || !volatileTexts.Contains((change.Tool, change.Path))
            ),
        ];
}
