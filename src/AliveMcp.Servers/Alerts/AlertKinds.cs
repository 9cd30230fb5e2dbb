namespace AliveMcp.Servers.Alerts;

/// <summary>The words of the kinds of alert that an owner may choose about; a test compares them with those of the room that tells.</summary>
public static class AlertKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "outage",
        "degraded",
        "regional",
        "drift",
        "finding",
        "latency",
        "error_rate",
        "access_changed",
        "door_open",
        "blind",
        "blocked",
        "certificate",
        "credential",
        "burn",
        "never_live",
        "test_call",
    ];
}
