namespace AliveMcp.Dashboard.Sinks;

/// <summary>What people are told about the kinds of sinks and their fields. A kind that is not here is shown by its own words.</summary>
public static class SinkGuides
{
    private static readonly Dictionary<string, SinkGuide> Guides = new(StringComparer.Ordinal)
    {
        ["slack"] = new(
            "Slack",
            "A channel, by an incoming webhook.",
            "In Slack: Apps, Incoming Webhooks, Add to Slack, choose the channel, copy the webhook URL. A code comes into the channel; you type it here."
        ),
        ["pagerduty"] = new(
            "PagerDuty",
            "A service, by its Events API v2 key.",
            "In PagerDuty: the service, Integrations, add Events API v2, copy the integration key. An event with a code comes in; you type it here, and the event is resolved."
        ),
        ["webhook"] = new(
            "Webhook",
            "An address of yours that takes our JSON.",
            "It must answer 2xx within 10 seconds. You prove that its host is yours by a TXT record, by a file, or by saying a challenge back. Messages are signed; the secret is shown once."
        ),
        ["email"] = new(
            "Mail",
            "One address.",
            "A letter with a link goes there. Whoever reads it says yes; every later mail has a link that stops them."
        ),
        ["discord"] = new(
            "Discord",
            "A channel, by a webhook.",
            "In Discord: the channel, Edit, Integrations, Webhooks, New Webhook, Copy URL. A code comes into the channel; you type it here. Later one message is edited as things go on."
        ),
        ["teams"] = new(
            "Microsoft Teams",
            "A channel, by a workflow's webhook.",
            "In Teams: the channel, Workflows, post to a channel when a webhook request is received, copy the address. A code comes into the channel; you type it here."
        ),
        ["telegram"] = new(
            "Telegram",
            "A chat, by a bot of yours.",
            "Make a bot with BotFather, add it to the chat, and copy its token and the chat's number. A code comes into the chat; you type it here. Later one message is edited as things go on, and answered when they are over."
        ),
    };

    private static readonly Dictionary<string, SinkField> Fields = new(StringComparer.Ordinal)
    {
        ["url"] = new(
            "Address",
            "It begins with https://. It is kept as a secret: nobody can read it here again.",
            IsSecret: true
        ),
        ["routing_key"] = new(
            "Integration key",
            "32 letters and digits. Nobody can read it here again.",
            IsSecret: true
        ),
        ["bot_token"] = new(
            "The bot's token",
            "Digits, a colon, letters. Nobody can read it here again.",
            IsSecret: true
        ),
        ["token"] = new("Token", "Nobody can read it here again.", IsSecret: true),
        ["chat_id"] = new("The chat's number", "With its minus: -1001234567890. Or @channelname.", IsSecret: false),
        ["email"] = new("Mail address", null, IsSecret: false),
        ["region"] = new("Region", null, IsSecret: false),
    };

    /// <summary>Of a kind, by its word.</summary>
    public static SinkGuide Of(string kind) => Guides.GetValueOrDefault(kind) ?? new SinkGuide(kind, "", "");

    /// <summary>Of a field, by its name in the API. What is not known is taken for a secret.</summary>
    public static SinkField Field(string name) =>
        Fields.GetValueOrDefault(name) ?? new SinkField(name.Replace('_', ' '), null, IsSecret: true);

    /// <summary>How a sink stands, in a word or two.</summary>
    public static string Stands(string state) =>
        state switch
        {
            "verified" => "proven",
            "failing" => "in trouble",
            "disabled" => "switched off",
            _ => "not proven yet",
        };

    /// <summary>A colour beside the words.</summary>
    public static string Class(string state) =>
        state switch
        {
            "verified" => "is-over",
            "failing" => "is-kept",
            "disabled" => "is-open",
            _ => "",
        };
}

/// <summary>A kind of sink, for people.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Short">What it is, in half a line.</param>
/// <param name="Steps">What to do to have one.</param>
public sealed record SinkGuide(string Label, string Short, string Steps);

/// <summary>A field, for people.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Hint">What belongs there; null: that is clear.</param>
/// <param name="IsSecret">It is typed and never shown.</param>
public sealed record SinkField(string Label, string? Hint, bool IsSecret);
