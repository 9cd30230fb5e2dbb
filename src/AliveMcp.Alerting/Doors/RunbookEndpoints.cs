using System.Collections.Frozen;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Alerting.Doors;

/// <summary>The runbooks, as this install's own pages: whoever is woken by a message has no repository at hand.</summary>
internal static class RunbookEndpoints
{
    private const string Prefix = "runbooks.";

    private static readonly FrozenDictionary<string, string> Pages = Read();

    /// <summary>Names of the pages.</summary>
    public static IReadOnlyCollection<string> All => Pages.Keys;

    public static void MapRunbooks(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Messages.Runbooks.Path + "{page}", Show).AllowAnonymous().ExcludeFromDescription();

    private static IResult Show(string page)
    {
        if (!Pages.TryGetValue(page, out var text))
        {
            return AlertPage.Show(
                "There is no such runbook",
                "The link was cut short on its way, or comes from another version.",
                button: null,
                StatusCodes.Status404NotFound
            );
        }

        var title = text.Split('\n', 2)[0].TrimStart('#', ' ');
        return AlertPage.ShowHtml(title, HtmlOf(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
    }

    /// <summary>As much of Markdown as the pages use: headings, paragraphs, lists, fenced code, and words in backticks.</summary>
    private static string HtmlOf(string text)
    {
        var html = new StringBuilder();
        var (isCode, isList) = (false, false);
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                html.Append(isCode ? "</pre>" : "<pre>");
                isCode = !isCode;
                continue;
            }

            var isItem = !isCode && line.StartsWith("* ", StringComparison.Ordinal);
            if (isItem != isList)
            {
                html.Append(isItem ? "<ul>" : "</ul>");
                isList = isItem;
            }

            html.Append(isCode ? WebUtility.HtmlEncode(line) + "\n" : BlockOf(line));
        }

        return html.ToString();
    }

    private static string BlockOf(string line) =>
        line switch
        {
            "" => "",
            _ when line.StartsWith("## ", StringComparison.Ordinal) => $"<h2>{InlineOf(line[3..])}</h2>",
            _ when line.StartsWith("* ", StringComparison.Ordinal) => $"<li>{InlineOf(line[2..])}</li>",
            _ => $"<p>{InlineOf(line)}</p>",
        };

    /// <summary>Every second piece between backticks is code.</summary>
    private static string InlineOf(string text) =>
        string.Concat(
            WebUtility
                .HtmlEncode(text)
                .Split('`')
                .Select((piece, place) => place % 2 == 0 ? piece : $"<code>{piece}</code>")
        );

    private static FrozenDictionary<string, string> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            pages[name[Prefix.Length..].Replace(".md", "", StringComparison.Ordinal)] = reader
                .ReadToEnd()
                .Replace("\r", "", StringComparison.Ordinal);
        }

        return pages.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
