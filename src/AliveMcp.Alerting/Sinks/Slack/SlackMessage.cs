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
        var blocks = new JsonArray { Header(headline) };
        if (Rich(view) is { } text)
        {
            blocks.Add(text);
        }

        if (Buttons(view, acknowledge) is { Count: > 0 } buttons)
        {
            blocks.Add(new JsonObject { ["type"] = "actions", ["elements"] = buttons });
        }

        return new JsonObject
        {
            // Shown in notifications, where no block is: markup is switched off, and what is left of it is escaped.
            ["text"] = Cut(Escape($"{MessageWords.SignOf(view.Tone)} {view.Line}"), LongestText),
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

    /// <summary>One section of lines: how sections stand to each other is left to no client.</summary>
    private static JsonObject? Rich(MessageView view)
    {
        var texts = new JsonArray();
        if (view.Summary.Length > 0)
        {
            texts.Add(Text(view.Summary + "\n"));
        }

        foreach (var (label, value) in view.Facts)
        {
            texts.Add(Text((texts.Count > 0 ? "\n" : "") + label + "  ", isBold: true));
            texts.Add(Text(value));
        }

        var elements = new JsonArray();
        if (texts.Count > 0)
        {
            elements.Add(new JsonObject { ["type"] = "rich_text_section", ["elements"] = texts });
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

        return elements.Count == 0 ? null : new JsonObject { ["type"] = "rich_text", ["elements"] = elements };
    }

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
