using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Dashboard.Incidents;

/// <summary>How incidents are spoken of on pages.</summary>
public static class IncidentWords
{
    /// <summary>For example <c>Outage</c>.</summary>
    public static string Kind(IncidentLine incident) =>
        AlertWords.TryParse(incident.Kind, out AlertKind kind) ? kind.Label() : incident.Kind;

    /// <summary>How it stands, in a word or two.</summary>
    public static string Stands(IncidentLine incident) =>
        incident switch
        {
            { State: "resolved", ExcludedReason: not null } => "over, does not count",
            { State: "resolved" } => "over",
            { AcknowledgedAt: not null } => "acknowledged",
            { State: "flapping" } => "comes and goes",
            _ => "open",
        };

    /// <summary>Whether it still asks for somebody: a colour beside the words.</summary>
    public static string Class(IncidentLine incident) =>
        incident switch
        {
            { State: "resolved" } => "is-over",
            { AcknowledgedAt: not null } => "is-kept",
            _ => "is-open",
        };

    /// <summary>What a line of the timeline is.</summary>
    public static string Update(string kind) =>
        kind switch
        {
            "opened" => "Opened",
            "acknowledged" => "Looked after",
            "said" => "Said",
            "noted" => "Noted, for members alone",
            "excluded" => "Does not count",
            "included" => "Counts again",
            "resolved" => "Over",
            "flapping" => "Comes and goes",
            "steady" => "Stays down",
            "nearer" => "Came nearer",
            _ => kind.Replace('_', ' '),
        };
}
