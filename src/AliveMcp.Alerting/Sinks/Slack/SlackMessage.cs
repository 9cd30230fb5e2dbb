using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Slack;

/// <summary>
/// A message as Block Kit. Strangers' words stand in <c>plain_text</c> and <c>rich_text</c>, which Slack shows as they are: no markup and no
/// mention is read out of them. Pure. https://docs.slack.dev/reference/block-kit
/// </summary>
internal static class SlackMessage
{
    /// <summary>Of a header block's text.</summary>
    private const int LongestHeader = 150;

    /// <summary>Of a text in any other block.</summary>
    private const int LongestText = 3000;

    public static JsonObject Of(MessageView view, Uri? acknowledge)
    {
        ArgumentNullException.ThrowIfNull(view);
        var headline = $"{MessageWords.SignOf(view.Tone)} {view.Headline}";
        var blocks = new JsonArray { Header(headline), Rich(view) };
        if (Buttons(view, acknowledge) is { Count: > 0 } buttons)
        {
            blocks.Add(new JsonObject { ["type"] = "actions", ["elements"] = buttons });
        }

        return new JsonObject
        {
            // Shown in notifications, where no block is: markup is switched off, and what is left of it is escaped.
            ["text"] = Cut(Escape($"{headline}: {view.Summary}"), LongestText),
            ["mrkdwn"] = false,
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
            ["blocks"] = blocks,
        };
    }

    private static JsonObject Header(string text) =>
        new()
        {
            ["type"] = "header",
            ["text"] = new JsonObject
            {
                ["type"] = "plain_text",
                ["text"] = Cut(text, LongestHeader),
                ["emoji"] = false,
            },
        };

    private static JsonObject Rich(MessageView view)
    {
        var elements = new JsonArray { Section(Text(view.Summary)) };
        foreach (var (label, value) in view.Facts)
        {
            elements.Add(Section(Text(label + "  ", isBold: true), Text(value)));
        }

        if (view.Details.Length > 0)
        {
            elements.Add(
                new JsonObject
                {
                    ["type"] = "rich_text_preformatted",
                    ["elements"] = new JsonArray { Text(view.Details) },
                }
            );
        }

        return new JsonObject { ["type"] = "rich_text", ["elements"] = elements };
    }

    private static JsonObject Section(params JsonNode[] texts) =>
        new() { ["type"] = "rich_text_section", ["elements"] = new JsonArray(texts) };

    private static JsonObject Text(string text, bool isBold = false)
    {
        var node = new JsonObject { ["type"] = "text", ["text"] = Cut(text, LongestText) };
        if (isBold)
        {
            node["style"] = new JsonObject { ["bold"] = true };
        }

        return node;
    }

    private static JsonArray Buttons(MessageView view, Uri? acknowledge)
    {
        var buttons = new JsonArray();
        if (acknowledge is not null)
        {
            var button = Button("Acknowledge", acknowledge);
            button["style"] = "primary";
            buttons.Add(button);
        }

        foreach (var (label, url) in view.Links)
        {
            buttons.Add(Button(label, url));
        }

        return buttons;
    }

    private static JsonObject Button(string label, Uri url) =>
        new()
        {
            ["type"] = "button",
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = label },
            ["url"] = url.AbsoluteUri,
        };

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Cut(string text, int longest) => CutText.Of(text, longest);
}
