using Microsoft.Extensions.Configuration;

namespace AliveMcp.Alerting.Sinks;

/// <summary>Where the services of sinks are, section <c>Alerts:Sinks</c>: for tests and relays. No tenant has a say in it.</summary>
public sealed class SinkOptions
{
    /// <summary>Slack's incoming webhooks. Default <c>https://hooks.slack.com</c>.</summary>
    public Uri Slack { get; set; } = new("https://hooks.slack.com");

    /// <summary>PagerDuty's Events API. Default <c>https://events.pagerduty.com</c>.</summary>
    public Uri PagerDuty { get; set; } = new("https://events.pagerduty.com");

    /// <summary>The same for accounts in its European region. Default <c>https://events.eu.pagerduty.com</c>.</summary>
    public Uri PagerDutyEu { get; set; } = new("https://events.eu.pagerduty.com");

    /// <summary>Discord's webhooks. Default <c>https://discord.com</c>.</summary>
    public Uri Discord { get; set; } = new("https://discord.com");

    /// <summary>Telegram's Bot API. Default <c>https://api.telegram.org</c>.</summary>
    public Uri Telegram { get; set; } = new("https://api.telegram.org");

    /// <summary>How long a place may take for one message. Default 10 s.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    internal static SinkOptions From(IConfiguration? configuration) =>
        configuration?.GetSection("Alerts:Sinks").Get<SinkOptions>() ?? new SinkOptions();
}
