using AliveMcp.Archive.Hours;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts;

namespace AliveMcp.Archive.Drift;

/// <summary>What comes of a doubt, before any text is compared.</summary>
internal abstract record DriftStep
{
    private DriftStep() { }

    /// <summary>It is as it was.</summary>
    internal sealed record Nothing : DriftStep;

    /// <summary>It cannot be told yet.</summary>
    internal sealed record Later(TimeSpan After) : DriftStep;

    /// <summary>Nothing to tell: its very first list, or the same one under other conditions.</summary>
    internal sealed record Silently(SettledContract Next) : DriftStep;

    /// <summary>Another list, to be compared with the settled one.</summary>
    /// <param name="From">What it settled on.</param>
    /// <param name="Settle">The new mark, and since when; the mark is the old one when words alone changed.</param>
    /// <param name="List">The new list; null when it is not kept.</param>
    /// <param name="Key">Under which conditions it was taken.</param>
    /// <param name="TooMany">More new lists came in a day than are kept.</param>
    internal sealed record Move(SettledContract From, Settle Settle, KeptContract? List, ContractKey Key, bool TooMany)
        : DriftStep;
}
