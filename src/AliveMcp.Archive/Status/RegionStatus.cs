using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Status;

/// <summary>What one region said in the minute that a server's status comes from.</summary>
/// <param name="Region">Where the prober stands.</param>
/// <param name="State">Unknown also when the region was silent.</param>
/// <param name="Why">Why it is not live; <see cref="Vocabulary.Why.NobodyLooked"/> when the region was silent.</param>
/// <param name="FailedAt">The first step that failed; null when none did or none was taken.</param>
/// <param name="Access">How the door answered this region.</param>
/// <param name="LatencyMs">Total of the better try, whole milliseconds; null when it saw nothing.</param>
public sealed record RegionStatus(
    Region Region,
    ServerState State,
    Why Why,
    ProbeStep? FailedAt,
    Access Access,
    int? LatencyMs
);
