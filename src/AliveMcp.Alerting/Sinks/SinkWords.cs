namespace AliveMcp.Alerting.Sinks;

/// <summary>How kinds of sinks are spelled in API, files and pages.</summary>
internal static class SinkWords
{
    private static readonly Dictionary<SinkKind, string> Words = new()
    {
        [SinkKind.Slack] = "slack",
        [SinkKind.PagerDuty] = "pagerduty",
        [SinkKind.Webhook] = "webhook",
        [SinkKind.Email] = "email",
        [SinkKind.Discord] = "discord",
        [SinkKind.Telegram] = "telegram",
    };

    public static IReadOnlyCollection<string> All => Words.Values;

    public static string Of(SinkKind kind) => Words[kind];

    public static bool TryParse(string? word, out SinkKind kind)
    {
        kind = Words.FirstOrDefault(row => row.Value == word).Key;
        return kind != default;
    }
}
