using AliveMcp.Cli.Locks;
using AliveMcp.Contracts.Changes;

namespace AliveMcp.Cli.Diff;

/// <summary>Two contracts and what lies between them.</summary>
internal sealed record Difference
{
    public required Side Before { get; init; }

    public required Side After { get; init; }

    /// <summary>The gravest first.</summary>
    public required IReadOnlyList<ContractChange> Changes { get; init; }

    public required Gate Gate { get; init; }

    public bool IsGated => Changes.Any(change => Gate.Stops(change.Class));

    public static Difference Of(Side before, Side after, Gate gate)
    {
        var (was, now) = (before.Lock, after.Lock);
        return new Difference
        {
            Before = before,
            After = after,
            Gate = gate,
            // What only one of two protocol versions knows is no change of the server's.
            Changes = ContractDiff.CompareAcross(
                was.Contract.Canonical,
                was.ProtocolVersion,
                now.Contract.Canonical,
                now.ProtocolVersion
            ),
        };
    }
}

/// <summary>One of the two contracts.</summary>
/// <param name="Source">The file or URL it came from, safe to print.</param>
/// <param name="Lock">What it says.</param>
internal sealed record Side(string Source, ContractLock Lock);
