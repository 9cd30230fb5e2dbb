using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Hours;

/// <summary>
/// The contracts that a server settled on, in their order. Settled: in two consecutive minutes all regions that saw a tool list, and at least
/// a quorum of them, saw the same one. A server that answers differently from minute to minute settles on nothing.
/// </summary>
internal static class ContractMarks
{
    /// <summary>The marks settled on in minutes that are given in their order, each with the first of the two minutes that agree on it; none follows itself.</summary>
    public static IReadOnlyList<Settle> Settles(IEnumerable<VerdictMinute> verdicts)
    {
        var settles = new List<Settle>();
        Settle? before = null;
        foreach (var verdict in verdicts)
        {
            var mark = Agreed(verdict);
            if (before is { } first && mark == first.Mark && (settles.Count == 0 || settles[^1].Mark != mark))
            {
                settles.Add(first);
            }

            before = mark is { } agreed ? new Settle(agreed, verdict.Minute) : null;
        }

        return settles;
    }

    /// <summary>The one contract that the regions of a minute saw; null when they saw several, or fewer than the server's quorum saw it.</summary>
    public static ulong? Agreed(VerdictMinute verdict)
    {
        var marks = new MarkAgreement();
        foreach (var entry in verdict.Entries)
        {
            marks.Add(entry.State, entry.ContractMark);
        }

        var plan = verdict.Plan;
        return marks.Of(plan.Rotating, plan.Quorum, plan.Regions.Count);
    }
}

/// <summary>A contract, and the first of the two minutes in a row that agree on it.</summary>
internal readonly record struct Settle(ulong Mark, MinuteStamp Minute);
