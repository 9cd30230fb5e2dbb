using System.Globalization;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Tests.Sinks;

/// <summary>Messages for tests, each as the tracker writes it.</summary>
internal static class SampleMessages
{
    public static AlertMessage Down { get; } =
        new()
        {
            Id = "evt_41",
            Type = "incident.triggered",
            Kind = "outage",
            DedupKey = "incident-7",
            Tenant = "acme",
            Server = new MessageServer("docs", "Docs server", "https://mcp.example.com/mcp"),
            Severity = "P1",
            State = "down",
            FailureReason = "connect_timeout",
            FailureLayer = "connect",
            Regions =
            [
                new("us-east", "New York", "down"),
                new("eu-west", "London", "down"),
                new("ap-southeast", "Singapore", "live"),
            ],
            StartedAt = At("2026-11-21T12:03:00Z"),
            ProbeCount = 6,
            Summary = "Docs server is down: no answer to a connection attempt, in 2 of 3 regions",
            RunbookUrl = new Uri("https://alivemcp.example.com/runbooks/connect"),
            StatusUrl = new Uri("https://alivemcp.example.com/status/docs"),
            Incident = 7,
        };

    public static AlertMessage Updated { get; } =
        Down with
        {
            Id = "evt_42",
            Type = "incident.updated",
            Summary = "Docs server is still down, now in 3 of 3 regions",
            Details = "It is down for 20 minutes.\nThree other servers behind the same host fail too.",
        };

    public static AlertMessage Acknowledged { get; } =
        Down with
        {
            Id = "evt_43",
            Type = "incident.updated",
            AcknowledgedBy = "Alice",
            Summary = "Alice looks after it",
        };

    public static AlertMessage Resolved { get; } =
        Down with
        {
            Id = "evt_44",
            Type = "incident.resolved",
            State = "live",
            ResolvedAt = At("2026-11-21T13:15:00Z"),
            DurationSeconds = 4320,
            Summary = "Docs server is up again",
        };

    public static AlertMessage Digest { get; } =
        new()
        {
            Id = "evt_45",
            Type = "digest",
            Kind = "digest",
            DedupKey = "digest-2026-11-21T12",
            Tenant = "acme",
            Severity = "P3",
            State = "open",
            StartedAt = At("2026-11-21T12:00:00Z"),
            Summary = "34 messages were held back in the last hour",
            Details = "docs: 12 drift\nsearch: 9 latency\nbilling: 6 drift\nwiki: 4 drift\nmail: 3 latency",
            StatusUrl = new Uri("https://alivemcp.example.com/incidents"),
        };

    public static AlertMessage Drift { get; } =
        Down with
        {
            Type = "drift.detected",
            Kind = "drift",
            Severity = "P3",
            State = "live",
            FailureReason = "schema_drift",
            FailureLayer = "contract",
            Incident = null,
            Summary = "The contract of Docs server changed: 1 breaking change",
        };

    public static AlertMessage Finding { get; } =
        Down with
        {
            Type = "security.finding",
            Kind = "finding",
            Severity = "P2",
            State = "live",
            FailureReason = null,
            FailureLayer = null,
            Incident = null,
            Summary = "A tool of Docs server tells agents to ignore their instructions",
        };

    public static AlertMessage Burn { get; } =
        Down with
        {
            Type = "slo.burn",
            Kind = "burn",
            Severity = "P1",
            Summary = "Docs server burns its error budget 14.4 times as fast as it may",
        };

    public static AlertMessage Certificate { get; } =
        Down with
        {
            Type = "certificate.expiring",
            Kind = "certificate",
            Severity = "P3",
            State = "live",
            FailureReason = null,
            FailureLayer = null,
            Regions = [],
            Summary = "The certificate of Docs server ends in 7 days",
        };

    public static AlertMessage Credential { get; } =
        Down with
        {
            Type = "credential.expiring",
            Kind = "credential",
            Severity = "P2",
            State = "unknown",
            FailureReason = "credential_rejected",
            FailureLayer = "auth",
            Summary = "Docs server cannot be looked at: our credential was refused",
        };

    public static AlertMessage Test { get; } =
        Digest with
        {
            Type = "test",
            Kind = "test",
            Severity = "P4",
            Summary = "This is a test of the sink ops. If you can read it, alerts will arrive here.",
            Details = "",
            StatusUrl = null,
        };

    /// <summary>One of every type, by the name of its snapshots.</summary>
    public static IReadOnlyDictionary<string, AlertMessage> All { get; } =
        new Dictionary<string, AlertMessage>
        {
            ["triggered"] = Down,
            ["updated"] = Updated,
            ["acknowledged"] = Acknowledged,
            ["resolved"] = Resolved,
            ["drift"] = Drift,
            ["finding"] = Finding,
            ["burn"] = Burn,
            ["certificate"] = Certificate,
            ["credential"] = Credential,
            ["digest"] = Digest,
            ["test"] = Test,
        };

    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
