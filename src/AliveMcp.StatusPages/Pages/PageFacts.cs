using AliveMcp.Alerting.Incidents;
using AliveMcp.Archive.Drift;
using AliveMcp.Archive.History;

namespace AliveMcp.StatusPages.Pages;

/// <summary>What a status page shows besides the status: history, latency, contract.</summary>
/// <param name="Days">UTC days, oldest first; days without a row are absent.</param>
/// <param name="Hour">The newest minutes, newest first.</param>
/// <param name="LastDay">Runs of one known state within the last 24 hours, oldest first.</param>
/// <param name="Latency">Of the last 24 hours, oldest first.</param>
/// <param name="Contract">Null until a tool list was seen.</param>
/// <param name="Incidents">Those of the last days, the newest first; every one that lasts.</param>
public sealed record PageFacts(
    IReadOnlyList<DayBar> Days,
    IReadOnlyList<MinuteRow> Hour,
    IReadOnlyList<StateRun> LastDay,
    IReadOnlyList<LatencyPoint> Latency,
    ContractPanel? Contract,
    IReadOnlyList<ToldIncident> Incidents
);
