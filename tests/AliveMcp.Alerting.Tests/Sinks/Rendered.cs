using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks.Discord;
using AliveMcp.Alerting.Sinks.Email;
using AliveMcp.Alerting.Sinks.PagerDuty;
using AliveMcp.Alerting.Sinks.Slack;
using AliveMcp.Alerting.Sinks.Telegram;
using AliveMcp.Alerting.Sinks.Webhook;

namespace AliveMcp.Alerting.Tests.Sinks;

/// <summary>What every sink makes of a message, as text.</summary>
internal static class Rendered
{
    private static readonly Uri Acknowledge = new("https://alivemcp.example.com/alerts/acknowledge/2.token");
    private static readonly Uri Stop = new("https://alivemcp.example.com/alerts/stop/2.9.token");

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>By file name.</summary>
    public static IReadOnlyDictionary<string, string> Of(AlertMessage message)
    {
        var view = MessageView.Of(message);
        var link = message.Incident is null || MessageWords.IsOver(message) ? null : Acknowledge;
        var letter = EmailMessage.Of(message, link, Stop);
        return new Dictionary<string, string>
        {
            ["slack.json"] = Text(SlackMessage.Of(view, link)),
            ["discord.json"] = Text(DiscordMessage.Of(view, link)),
            ["telegram.json"] = Text(TelegramMessage.Of(view, link)),
            ["pagerduty.json"] = Text(PagerDutyMessage.Of(message, "ROUTING")),
            ["webhook.json"] = Text(JsonNode.Parse(Encoding.UTF8.GetString(WebhookMessage.Of(message)))!),
            ["email.txt"] = $"Subject: {letter.Subject}\n\n{letter.Text}",
            ["email.html"] = letter.Html,
        };
    }

    private static string Text(JsonNode node) => node.ToJsonString(Readable) + "\n";
}
