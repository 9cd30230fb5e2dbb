using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Telegram;

/// <summary>A message as text and entities; which chat it goes to, and as an answer to what, is added by the sink. Pure.</summary>
internal static class TelegramMessage
{
    /// <summary>Of a whole text. https://core.telegram.org/bots/api#sendmessage</summary>
    private const int Longest = 4096;

    private const int LongestHeadline = 256;
    private const int LongestSummary = 1000;
    private const int LongestValue = 500;

    /// <summary>What is kept free for the links: they are what one does about it.</summary>
    private const int RoomForLinks = 1000;

    public static JsonObject Of(MessageView view, Uri? acknowledge)
    {
        ArgumentNullException.ThrowIfNull(view);
        var text = new TelegramText(Longest);
        text.Add($"{MessageWords.SignOf(view.Tone)} {Quiet(view.Headline)}", LongestHeadline, "bold");
        if (view.Summary.Length > 0)
        {
            text.Add("\n\n").Add(Quiet(view.Summary), LongestSummary);
        }

        AddFacts(view, text);
        if (view.Details.Length > 0)
        {
            text.Add("\n\n").Add(Quiet(view.Details), Longest - RoomForLinks - text.Length, "pre");
        }

        AddLinks(view, acknowledge, text);
        return new JsonObject
        {
            ["text"] = text.ToString(),
            ["entities"] = text.Entities,
            ["link_preview_options"] = new JsonObject { ["is_disabled"] = true },
        };
    }

    private static void AddFacts(MessageView view, TelegramText text)
    {
        var before = "\n\n";
        foreach (var (label, value) in view.Facts)
        {
            var room = Longest - RoomForLinks - text.Length - before.Length - label.Length - 2;
            if (room < 20)
            {
                return;
            }

            text.Add(before).Add(label, LongestValue, "bold").Add("  " + Quiet(value), Math.Min(LongestValue, room));
            before = "\n";
        }
    }

    private static void AddLinks(MessageView view, Uri? acknowledge, TelegramText text)
    {
        var before = "\n\n";
        IEnumerable<(string Label, Uri Url)> links = acknowledge is null
            ? view.Links
            : [("Acknowledge", acknowledge), .. view.Links];
        foreach (var (label, url) in links)
        {
            text.Add(before).Link(label, url);
            before = "\n";
        }
    }

    /// <summary>A name behind an at sign calls somebody, whatever the entities say; the wide one looks alike and calls nobody.</summary>
    private static string Quiet(string text) =>
        text.Replace("\r", "", StringComparison.Ordinal).Replace('@', '＠').Trim();
}
