using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>One archived verdict-minute.</summary>
/// <param name="Minute">The planned minute.</param>
/// <param name="State">The sealed state.</param>
/// <param name="Why">Why it is not live.</param>
/// <param name="Weight">How many minutes it stands for.</param>
/// <param name="Maintenance">Planned maintenance: left out of uptime.</param>
/// <param name="LatencyMs">Median of the regions that saw the server, whole milliseconds; null when none did.</param>
public sealed record MinuteRow(
    MinuteStamp Minute,
    ServerState State,
    Why Why,
    int Weight,
    bool Maintenance,
    int? LatencyMs
)
{
    /// <summary>The first step that failed; null when none did.</summary>
    public ProbeStep? FailedAt { get; init; }

    /// <summary>How the door answered a stranger.</summary>
    public Access Access { get; init; }

    /// <summary>How deep the deepest region saw.</summary>
    public VerifiedTo VerifiedTo { get; init; }

    internal static MinuteRow Of(KeptMinute kept) =>
        new(kept.Minute, kept.State, kept.Why, kept.Weight, kept.Maintenance, kept.LatencyMs)
        {
            FailedAt = kept.FailedAt,
            Access = kept.Access,
            VerifiedTo = kept.VerifiedTo,
        };
}
