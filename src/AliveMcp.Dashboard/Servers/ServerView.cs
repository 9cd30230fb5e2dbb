using AliveMcp.Alerting.Incidents;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Servers.Alerts;

namespace AliveMcp.Dashboard.Servers;

/// <summary>What a tenant is told of one of its servers.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Server">With what its owner wants to hear.</param>
/// <param name="Draft">The same, as it is to be.</param>
/// <param name="Open">The incidents that last.</param>
/// <param name="Now">For how long they have lasted.</param>
public sealed record ServerView(
    Ground Ground,
    OwnAlerts Server,
    AlertDraft Draft,
    IReadOnlyList<IncidentLine> Open,
    DateTimeOffset Now
)
{
    /// <summary>Somebody else changed the server while this form was filled in.</summary>
    public bool IsOvertaken { get; init; }
}
