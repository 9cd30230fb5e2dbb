namespace AliveMcp.Archive.Drift;

/// <summary>What is declared of a contract. The numbers are stored.</summary>
internal enum DriftKind : short
{
    /// <summary>Another list under the same conditions.</summary>
    Drift = 1,

    /// <summary>Another list under other conditions: another endpoint, identity or protocol version.</summary>
    BaselineMoved = 2,

    /// <summary>It swings between lists that it had before, or shows more new ones in a day than are kept: told once, not each time.</summary>
    ContractUnstable = 3,
}
