using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Messages;

/// <summary>Which page of <c>docs/runbooks</c> helps with what. A test holds every reason and every kind against the pages.</summary>
internal static class Runbooks
{
    /// <summary>Where an install serves them.</summary>
    public const string Path = "/runbooks/";

    /// <summary>Kinds whose page does not depend on the reason.</summary>
    private static readonly Dictionary<AlertKind, string> OfKinds = new()
    {
        [AlertKind.Regional] = "regions",
        [AlertKind.Drift] = "contract",
        [AlertKind.Finding] = "security-finding",
        [AlertKind.Latency] = "slow",
        [AlertKind.ErrorRate] = "error-rate",
        [AlertKind.AccessChanged] = "auth",
        [AlertKind.DoorOpen] = "door-open",
        [AlertKind.Blind] = "blind",
        [AlertKind.Blocked] = "blocked",
        [AlertKind.Certificate] = "certificate",
        [AlertKind.Credential] = "credential",
        [AlertKind.Burn] = "error-budget",
        [AlertKind.NeverLive] = "never-live",
        [AlertKind.ProberUnwell] = "prober-unwell",
        [AlertKind.TestCall] = "test-call",
        [AlertKind.Manual] = "manual",
    };

    /// <summary>The page for an alert.</summary>
    /// <param name="origin">Where the outside reaches us; null: no link then.</param>
    /// <param name="kind">What is wrong.</param>
    /// <param name="why">Why; <see cref="Why.None"/> where nothing is known.</param>
    public static Uri? UrlOf(Uri? origin, AlertKind kind, Why why) =>
        origin is null ? null : new Uri(origin, Path + PageOf(kind, why));

    public static string PageOf(AlertKind kind, Why why) =>
        OfKinds.TryGetValue(kind, out var page) ? page
        : why == Why.None ? "outage"
        : PageOf(why);

    public static string PageOf(Why why) =>
        why switch
        {
            Why.None => "outage",
            Why.DoorOpen => "door-open",
            Why.CredentialRejected or Why.TokenUnavailable => "credential",
            Why.AuthInconsistent => "auth",
            Why.NoRoute => "blind",
            _ => PageOf(WhyWords.LayerOf(why, failedAt: null)),
        };

    private static string PageOf(FailureLayer layer) =>
        layer switch
        {
            FailureLayer.Dns => "dns",
            FailureLayer.Connect => "connect",
            FailureLayer.Tls => "tls",
            FailureLayer.Http => "http",
            FailureLayer.Blind => "blocked",
            FailureLayer.Rpc => "rpc",
            FailureLayer.Handshake => "handshake",
            FailureLayer.Tools => "tools",
            FailureLayer.Auth => "auth",
            FailureLayer.Time or FailureLayer.Slow => "slow",
            FailureLayer.Expectation => "missing-tool",
            FailureLayer.TestCall => "test-call",
            FailureLayer.Health => "health",
            FailureLayer.Contract => "contract",
            FailureLayer.Minute => "regions",
            FailureLayer.Ours => "blind",
            _ => "outage",
        };
}
