using AliveMcp.Archive.Drift;

namespace AliveMcp.Archive.History;

/// <summary>What a server's page shows besides its status.</summary>
/// <param name="Days">UTC days, oldest first, the open day last.</param>
/// <param name="Minutes">The archived minutes of the last hours, newest first.</param>
/// <param name="LastDay">Runs of one known state within the last 24 hours, oldest first.</param>
/// <param name="Latency">UTC hours, oldest first, the open hour last; without their regions.</param>
/// <param name="Contract">Null until a tool list was seen.</param>
public sealed record ServerPage(
    IReadOnlyList<DayBar> Days,
    IReadOnlyList<MinuteRow> Minutes,
    IReadOnlyList<StateRun> LastDay,
    IReadOnlyList<LatencyPoint> Latency,
    ContractPanel? Contract
);
