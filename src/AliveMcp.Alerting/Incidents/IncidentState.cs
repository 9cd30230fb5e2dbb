namespace AliveMcp.Alerting.Incidents;

/// <summary>How an incident stands; the words of <c>alerting.incident</c>.</summary>
internal static class IncidentState
{
    public const string Open = "open";

    /// <summary>Open, and its server changes again and again.</summary>
    public const string Flapping = "flapping";

    public const string Resolved = "resolved";
}
