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
);
