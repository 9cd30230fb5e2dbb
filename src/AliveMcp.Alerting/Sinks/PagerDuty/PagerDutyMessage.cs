using System.Globalization;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.PagerDuty;

/// <summary>An event of the Events API v2: trigger, acknowledge or resolve under one key, so that all we say of an incident is one incident there. Pure.</summary>
internal static class PagerDutyMessage
{
    private const int LongestSummary = 1024;
    private const int LongestKey = 255;
    private const int LongestSource = 200;

    public static JsonObject Of(AlertMessage message, string routingKey)
    {
        var leaving = LeavingMessage.Of(message);
        var action = ActionOf(leaving);
        var told = new JsonObject
        {
            ["routing_key"] = routingKey,
            ["event_action"] = action,
            ["dedup_key"] = CutText.Of(leaving.DedupKey, LongestKey),
        };
        if (action == "trigger")
        {
            var view = MessageView.Of(leaving);
            told["client"] = "AliveMCP";
            told["client_url"] = leaving.StatusUrl?.AbsoluteUri;
            told["links"] = LinksOf(view);
            told["payload"] = PayloadOf(leaving, view);
        }

        return told;
    }

    private static string ActionOf(AlertMessage message)
    {
        if (MessageWords.IsOver(message))
        {
            return "resolve";
        }

        return message.AcknowledgedBy is null ? "trigger" : "acknowledge";
    }

    private static JsonObject PayloadOf(AlertMessage message, MessageView view)
    {
        var facts = new JsonObject();
        foreach (var (label, value) in view.Facts)
        {
            facts[label] = value;
        }

        if (view.Details.Length > 0)
        {
            facts["Details"] = view.Details;
        }

        return new JsonObject
        {
            ["summary"] = CutText.Of(view.Line, LongestSummary),
            ["source"] = CutText.Of(message.Server?.Url ?? "AliveMCP", LongestSource),
            ["severity"] = SeverityOf(message),
            ["timestamp"] = message.StartedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            ["component"] = message.Server?.Slug,
            ["group"] = message.Tenant.Length > 0 ? message.Tenant : null,
            ["class"] = message.FailureReason ?? message.Kind,
            ["custom_details"] = facts,
        };
    }

    private static JsonArray LinksOf(MessageView view) =>
        [.. view.Links.Select(link => new JsonObject { ["href"] = link.Url.AbsoluteUri, ["text"] = link.Label })];

    private static string SeverityOf(AlertMessage message) =>
        message.Severity switch
        {
            "P1" => "critical",
            "P2" => "error",
            "P3" => "warning",
            _ => "info",
        };
}
