using AliveMcp.Collector.ContractVersions;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Drift;

/// <summary>All that is known of a server when a doubt about its contract is looked into.</summary>
/// <param name="Server">Whose contract.</param>
/// <param name="Settled">What it settled on; null when it never did.</param>
/// <param name="Minutes">Its newest minutes, in their order.</param>
/// <param name="Seen">The list that it shows now; null when nothing is remembered of it.</param>
/// <param name="Kept">The lists that are kept, the oldest first.</param>
/// <param name="Now">The moment of looking.</param>
internal sealed record DriftFacts(
    ServerKey Server,
    SettledContract? Settled,
    IReadOnlyList<VerdictMinute> Minutes,
    ShownContract? Seen,
    IReadOnlyList<KeptContract> Kept,
    DateTimeOffset Now
);
