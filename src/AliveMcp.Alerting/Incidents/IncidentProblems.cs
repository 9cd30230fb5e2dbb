using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Incidents;

/// <summary>The ways in which this slice says no.</summary>
internal static class IncidentProblems
{
    public static Problem NotFound(long incident) =>
        new("incident_not_found", $"There is no incident {incident} that you may see.", "id");

    public static Problem NoServer(string slug) =>
        new("server_not_found", $"There is no server '{SafeText.Of(slug, 80)}' that you may see.", "server");

    public static Problem NotACursor(string text) =>
        new("before_invalid", $"before is '{SafeText.Of(text, 60)}': send the next of the page before.", "before");

    public static Problem NotAState(string text) =>
        new("state_invalid", $"state is '{SafeText.Of(text, 60)}': it is open, resolved or all.", "state");

    public static Problem NotAKind(string text) =>
        new("kind_invalid", $"kind is '{SafeText.Of(text, 60)}': it is a kind of alert, for example outage.", "kind");

    public static Problem NotASeverity(string text) =>
        new("severity_invalid", $"severity is '{SafeText.Of(text, 60)}': it is P1, P2, P3 or P4.", "severity");

    public static Problem Over { get; } =
        new("incident_over_taken", "The incident is resolved already; nobody is told of it any more.", "id");

    public static Problem NotByHand { get; } =
        new(
            "incident_open_taken",
            "Its server ends this incident, by being well again. Only an incident that was opened by hand is resolved by hand.",
            "id"
        );

    public static Problem NeedsText(string field) =>
        new(field + "_invalid", $"{field} is missing: say it in 1 or more visible characters.", field);
}
