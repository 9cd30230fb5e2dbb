using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AliveMcp.StatusPages.Tests.Sites;

/// <summary>A page as a browser without script reads it.</summary>
internal static class Page
{
    public static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    public static async Task<IDocument> PageAsync(this Site site, string path) => Parse(await site.GetAsync(path));

    /// <summary>Text as it is read: one space between words.</summary>
    public static string Words(this INode node) =>
        string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
