using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Kinds;

/// <summary>How urgent each kind is, unless the server's owner says otherwise. Kinds whose gravity differs from case to case say it themselves.</summary>
internal static class SeverityTable
{
    public static Severity Default(AlertKind kind) =>
        kind switch
        {
            AlertKind.Outage or AlertKind.DoorOpen => Severity.P1,
            AlertKind.Regional
            or AlertKind.TestCall
            or AlertKind.AccessChanged
            or AlertKind.Credential
            or AlertKind.Finding
            or AlertKind.Burn => Severity.P2,
            _ => Severity.P3,
        };

    public static Severity Of(AlertKind kind, TrackerSettings settings) =>
        settings.Severities.TryGetValue(kind, out var chosen) ? chosen : Default(kind);

    /// <summary>Of a case that is graver or lighter than its kind; what the owner chose stands above it.</summary>
    public static Severity Of(AlertKind kind, Severity ofTheCase, TrackerSettings settings) =>
        settings.Severities.TryGetValue(kind, out var chosen) ? chosen : ofTheCase;
}
