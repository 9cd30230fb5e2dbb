namespace AliveMcp.Alerting.Messages;

/// <summary>How types and kinds are spelled in JSON, rules and pages.</summary>
public static class AlertWords
{
    private static readonly Dictionary<AlertType, string> Types = new()
    {
        [AlertType.Triggered] = "incident.triggered",
        [AlertType.Updated] = "incident.updated",
        [AlertType.Resolved] = "incident.resolved",
        [AlertType.Drift] = "drift.detected",
        [AlertType.Finding] = "security.finding",
        [AlertType.Burn] = "slo.burn",
        [AlertType.Certificate] = "certificate.expiring",
        [AlertType.Credential] = "credential.expiring",
        [AlertType.Digest] = "digest",
        [AlertType.Test] = "test",
    };

    private static readonly Dictionary<AlertKind, (string Word, string Label)> Kinds = new()
    {
        [AlertKind.Outage] = ("outage", "Outage"),
        [AlertKind.Degraded] = ("degraded", "Degraded"),
        [AlertKind.Regional] = ("regional", "Down in some regions"),
        [AlertKind.Drift] = ("drift", "Contract changed"),
        [AlertKind.Finding] = ("finding", "Security finding"),
        [AlertKind.Latency] = ("latency", "Slower than usual"),
        [AlertKind.ErrorRate] = ("error_rate", "First tries fail"),
        [AlertKind.AccessChanged] = ("access_changed", "Asks to sign in now"),
        [AlertKind.DoorOpen] = ("door_open", "Lets strangers in"),
        [AlertKind.Blind] = ("blind", "We cannot see it"),
        [AlertKind.Blocked] = ("blocked", "It keeps us out"),
        [AlertKind.Certificate] = ("certificate", "Certificate ends soon"),
        [AlertKind.Credential] = ("credential", "Credential"),
        [AlertKind.Burn] = ("burn", "Error budget burns"),
        [AlertKind.NeverLive] = ("never_live", "Never seen live"),
        [AlertKind.ProberUnwell] = ("prober_unwell", "A prober is unwell"),
        [AlertKind.TestCall] = ("test_call", "Test call wrong"),
        [AlertKind.Manual] = ("manual", "Opened by hand"),
    };

    internal static string Word(this AlertType type) => Types[type];

    /// <summary>As machines read it, for example <c>outage</c>.</summary>
    public static string Word(this AlertKind kind) => Kinds[kind].Word;

    /// <summary>For people.</summary>
    public static string Label(this AlertKind kind) => Kinds[kind].Label;

    /// <summary>Reads such a word; false when there is no such kind.</summary>
    public static bool TryParse(string? word, out AlertKind kind)
    {
        kind = Kinds.FirstOrDefault(row => row.Value.Word == word).Key;
        return kind != default;
    }

    internal static bool TryParse(string? word, out AlertType type)
    {
        type = Types.FirstOrDefault(row => row.Value == word).Key;
        return type != default;
    }
}
