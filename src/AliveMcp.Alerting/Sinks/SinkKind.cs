namespace AliveMcp.Alerting.Sinks;

/// <summary>Where alerts go. The numbers are stored; the words are the names in lower case.</summary>
internal enum SinkKind : byte
{
    Slack = 1,
    PagerDuty = 2,
    Webhook = 3,
    Email = 4,
    Discord = 5,
    Telegram = 6,

    /// <summary>The operator's dead-man's switch. No tenant can have one.</summary>
    Heartbeat = 100,
}
