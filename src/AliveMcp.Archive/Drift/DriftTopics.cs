using AliveMcp.Storage.Outbox;

namespace AliveMcp.Archive.Drift;

/// <summary>What this slice tells others.</summary>
public static class DriftTopics
{
    /// <summary><see cref="ContractDrifted"/>: told once, with the row it tells of.</summary>
    public static OutboxTopic Drift { get; } = new("contract.drift", "alert");
}

/// <summary>Record of <see cref="DriftTopics.Drift"/>.</summary>
/// <param name="ServerId">Whose contract.</param>
/// <param name="DriftId">The row of <c>archive.contract_drift</c>; 0 with a finding.</param>
/// <param name="Minute">The first minute that showed the new list, counted from 1970.</param>
/// <param name="Kind"><c>drift</c>, <c>baseline_moved</c>, <c>contract_unstable</c>; <c>finding</c>: there are texts, new or in its first list, that attack whoever reads them.</param>
/// <param name="Classes">The classes of its changes, the gravest first; empty when a list is not kept.</param>
/// <param name="ChangeCount">How many changes, or findings, there are.</param>
public sealed record ContractDrifted(
    int ServerId,
    long DriftId,
    int Minute,
    string Kind,
    IReadOnlyList<string> Classes,
    int ChangeCount
);
