namespace AliveMcp.Archive.Drift;

/// <summary>A server that swings between contracts it had before (two replicas of two versions, say): one finding, <c>contract_unstable</c>, instead of a drift each time.</summary>
internal static class ContractSwings
{
    /// <summary>One way back is a release taken back; two are a swing.</summary>
    private const int Returns = 2;

    /// <summary>The contracts that a server swings between; empty when it does not.</summary>
    /// <param name="settled">The contracts it settled on, in their order; none follows itself.</param>
    public static IReadOnlyList<ulong> Between(IReadOnlyList<ulong> settled)
    {
        var (known, again) = (new HashSet<ulong>(), new List<ulong>());
        foreach (var mark in settled)
        {
            if (!known.Add(mark))
            {
                again.Add(mark);
            }
        }

        if (again.Count < Returns)
        {
            return [];
        }

        // Everything between the first stay at one that came back and the last return takes part.
        var first = settled.ToList().FindIndex(again.Contains);
        var last = settled.ToList().FindLastIndex(again.Contains);
        return [.. settled.Skip(first).Take(last - first + 1).Distinct()];
    }
}
