using AliveMcp.Archive.Hours;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Drift;

/// <summary>Whether a server has another contract than it had. Pure; looks at marks and hashes, never at texts.</summary>
internal static class DriftRule
{
    /// <summary>A prober brings a list before its report; after this long it will not come any more.</summary>
    private static readonly TimeSpan ListComesWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan NextLook = TimeSpan.FromMinutes(1);

    /// <summary>New lists of a server that Collector keeps in a day.</summary>
    private const int KeptPerDay = 20;

    /// <summary>
    /// 1. The first place where it settled is taken silently. 2. The next place with another mark is a move. 3. With the same mark the words
    /// may have changed. 4. Or only the conditions.
    /// </summary>
    public static DriftStep Next(DriftFacts facts)
    {
        var settles = ContractMarks.Settles(facts.Minutes);
        if (facts.Settled is not { } settled)
        {
            return settles.Count == 0 ? new DriftStep.Nothing() : First(facts, settles[^1]);
        }

        foreach (var settle in settles)
        {
            if (settle.Minute > settled.Minute && settle.Mark != settled.Mark)
            {
                return Moved(facts, settled, settle);
            }
        }

        return SameContract(facts, settled);
    }

    private static DriftStep First(DriftFacts facts, Settle settle)
    {
        var list = Find(facts, settle.Mark);
        return list is null && IsYoung(facts, settle)
            ? new DriftStep.Later(Soon)
            : new DriftStep.Silently(
                SettledContract.On(facts.Server, settle, list, KeyOf(facts, list, facts.Seen?.Url ?? ""))
            );
    }

    private static DriftStep Moved(DriftFacts facts, SettledContract settled, Settle settle)
    {
        var list = Find(facts, settle.Mark);
        return list is null && IsYoung(facts, settle)
            ? new DriftStep.Later(Soon)
            : new DriftStep.Move(
                settled,
                settle,
                list,
                KeyOf(facts, list, settled.Key.Url),
                list is null && facts.Kept.Count(one => facts.Now - one.FirstSeen < TimeSpan.FromDays(1)) >= KeptPerDay
            );
    }

    private static DriftStep SameContract(DriftFacts facts, SettledContract settled)
    {
        if (facts.Seen is not { } seen || RegionEntry.MarkOf(seen.ContractHash) != settled.Mark)
        {
            return new DriftStep.Nothing();
        }

        var list = facts.Kept.FirstOrDefault(one => one.FullHash == seen.FullHash);
        if (list is null)
        {
            return new DriftStep.Nothing();
        }

        var key = KeyOf(facts, list, settled.Key.Url);
        if (list.FullHash == settled.FullHash)
        {
            return key == settled.Key ? new DriftStep.Nothing() : new DriftStep.Silently(settled with { Key = key });
        }

        if (SettledWords(facts, settled, list) is not { } minute)
        {
            return new DriftStep.Later(NextLook);
        }

        var settle = new Settle(settled.Mark, minute);
        return settled.FullHash is null
            ? new DriftStep.Silently(settled.Then(settle, list, key))
            : new DriftStep.Move(settled, settle, list, key, TooMany: false);
    }

    /// <summary>
    /// Sealed minutes tell of the contract alone. New words have settled when the two newest minutes show the contract, the list was known
    /// before the later of them, and it is what every region that took part saw last. Gives the earlier minute.
    /// </summary>
    private static MinuteStamp? SettledWords(DriftFacts facts, SettledContract settled, KeptContract list)
    {
        if (facts.Minutes.Count < 2)
        {
            return null;
        }

        var (before, last) = (facts.Minutes[^2], facts.Minutes[^1]);
        var regions = before
            .Entries.Concat(last.Entries)
            .Where(entry => entry.ContractMark is not null)
            .Select(entry => entry.Region.Name)
            .ToHashSet(StringComparer.Ordinal);
        return
            ContractMarks.Agreed(before) == settled.Mark
            && ContractMarks.Agreed(last) == settled.Mark
            && before.Minute > settled.Minute
            && list.FirstSeen < (before.Minute + 1).Start
            && regions.All(region => facts.Seen!.ByRegion.GetValueOrDefault(region) == list.FullHash)
            ? before.Minute
            : null;
    }

    /// <summary>Of lists with one contract that differ in their words: the one that is shown now, else the newest.</summary>
    private static KeptContract? Find(DriftFacts facts, ulong mark)
    {
        var same = facts.Kept.Where(one => RegionEntry.MarkOf(one.ContractHash) == mark).ToList();
        return same.Find(one => one.FullHash == facts.Seen?.FullHash) ?? same.LastOrDefault();
    }

    /// <summary>A list is brought once: what was agreed on since stands in the memory, for the list that is shown now.</summary>
    private static ContractKey KeyOf(DriftFacts facts, KeptContract? list, string url) =>
        facts.Seen is { } seen && (list is null || list.FullHash == seen.FullHash)
            ? new ContractKey(seen.Url, list?.Credential, seen.ProtocolVersion ?? list?.ProtocolVersion)
            : new ContractKey(list?.Url ?? url, list?.Credential, list?.ProtocolVersion);

    private static bool IsYoung(DriftFacts facts, Settle settle) =>
        facts.Now - (settle.Minute + 2).Start < ListComesWithin;
}
