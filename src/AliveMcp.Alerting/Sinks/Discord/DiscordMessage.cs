using System.Globalization;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Discord;

/// <summary>A message as one embed. Mentions are switched off, markdown in strangers' words is escaped. Pure.</summary>
internal static class DiscordMessage
{
    // https://docs.discord.com/developers/resources/message#embed-object-embed-limits
    private const int LongestTitle = 256;
    private const int LongestDescription = 4096;
    private const int LongestValue = 1024;

    /// <summary>Of all texts of a message together 6,000 are taken; the rest is air for what is counted differently there.</summary>
    private const int LongestWhole = 5_800;

    private const string Markdown = "\\*_~`|>[]()#-<@:";

    public static JsonObject Of(MessageView view, Uri? acknowledge)
    {
        ArgumentNullException.ThrowIfNull(view);
        var left = LongestWhole;
        string Take(string text, int longest)
        {
            var cut = Cut(text, Math.Max(1, Math.Min(longest, left)));
            left -= cut.Length;
            return cut;
        }

        var embed = new JsonObject
        {
            ["title"] = Take($"{MessageWords.SignOf(view.Tone)} {Escape(view.Headline)}", LongestTitle),
            ["color"] = int.Parse(
                MessageWords.ColourOf(view.Tone).AsSpan(1),
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture
            ),
        };
        var fields = new JsonArray();
        foreach (var (label, value) in view.Facts)
        {
            fields.Add(Field(Take(label, LongestTitle), Take(Escape(value), LongestValue), isShort: value.Length < 40));
        }

        if (LinksOf(view, acknowledge) is { Length: > 0 and <= LongestValue } links)
        {
            fields.Add(Field("Links", Take(links, LongestValue), isShort: false));
        }

        embed["description"] = Take(DescriptionOf(view), LongestDescription);
        embed["fields"] = fields;
        return new JsonObject
        {
            ["username"] = "AliveMCP",
            ["embeds"] = new JsonArray { embed },
            ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        };
    }

    private static string DescriptionOf(MessageView view) =>
        string.Join("\n\n", new[] { view.Summary, view.Details }.Where(text => text.Length > 0).Select(Escape));

    /// <summary>Our own addresses: none has a bracket in it.</summary>
    private static string LinksOf(MessageView view, Uri? acknowledge)
    {
        IEnumerable<(string Label, Uri Url)> all = acknowledge is null
            ? view.Links
            : [("Acknowledge", acknowledge), .. view.Links];
        return string.Join(" · ", all.Select(link => $"[{link.Label}]({link.Url.AbsoluteUri})"));
    }

    private static JsonObject Field(string name, string value, bool isShort) =>
        new()
        {
            ["name"] = name,
            ["value"] = value,
            ["inline"] = isShort,
        };

    private static string Escape(string text) =>
        string.Concat(
            text.Select(letter =>
                Markdown.Contains(letter, StringComparison.Ordinal) ? "\\" + letter : letter.ToString()
            )
        );

    /// <summary>A cut behind a backslash would escape what is ours.</summary>
    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : CutText.Of(text, longest).TrimEnd('…').TrimEnd('\\') + "…";
}
