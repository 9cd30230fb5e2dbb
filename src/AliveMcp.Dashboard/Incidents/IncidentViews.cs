using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Dashboard.Pages;

namespace AliveMcp.Dashboard.Incidents;

/// <summary>The incidents of a tenant.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Filter">Which of them.</param>
/// <param name="Incidents">A page of them, the newest first.</param>
/// <param name="Next">Where the next page begins; null: there is none.</param>
/// <param name="Now">For how long those that last have lasted.</param>
public sealed record IncidentsView(
    Ground Ground,
    IncidentFilter Filter,
    IReadOnlyList<IncidentLine> Incidents,
    string? Next,
    DateTimeOffset Now
)
{
    /// <summary>The kinds that a tenant may have.</summary>
    public static IReadOnlyList<AlertKind> Kinds { get; } =
    [.. Enum.GetValues<AlertKind>().Where(kind => kind != AlertKind.ProberUnwell)];
}

/// <summary>One incident.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Incident">With what was said of it.</param>
/// <param name="Deliveries">What was sent about it, the newest first.</param>
/// <param name="Now">For how long it has lasted.</param>
public sealed record IncidentView(
    Ground Ground,
    IncidentAnswer Incident,
    IReadOnlyList<SeenDelivery> Deliveries,
    DateTimeOffset Now
)
{
    /// <summary>Words that were refused, as typed: by the field's name.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>An incident is opened by hand.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Server">As typed already.</param>
/// <param name="Summary">As typed already.</param>
/// <param name="Severity">As chosen already.</param>
public sealed record NewIncidentView(Ground Ground, string? Server, string? Summary, string Severity);
