using AliveMcp.Alerting.Incidents;
using AliveMcp.Servers.Catalogue;

namespace AliveMcp.StatusPages.Incidents;

/// <summary>What the page of one incident shows.</summary>
/// <param name="Server">Whose it is.</param>
/// <param name="Incident">It.</param>
public sealed record IncidentView(ListedServer Server, ToldIncident Incident);

/// <summary>What the page of a month shows.</summary>
/// <param name="Server">Whose month.</param>
/// <param name="Month">Its first day, UTC.</param>
/// <param name="Incidents">Those that began in it or lasted into it, the newest first.</param>
/// <param name="IsWhole">There are no more than are shown.</param>
/// <param name="Today">The open day.</param>
public sealed record IncidentMonthView(
    ListedServer Server,
    DateOnly Month,
    IReadOnlyList<ToldIncident> Incidents,
    bool IsWhole,
    DateOnly Today
);
