using AliveMcp.StatusPages.Badges;
using AliveMcp.StatusPages.Standings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Answers;

/// <summary>
/// Gives answers that lie ready, before anybody routes, authenticates or logs: what a public read costs is the copy of its bytes. Everything else
/// goes on to the endpoints, which make the answer and lay it ready.
/// </summary>
internal sealed class WarmReads(RequestDelegate next, PublicStandings standings, IOptions<StatusPagesOptions> options)
{
    private const string Embed = "/api/embed-status/";
    private const string Badge = "/badge/";
    private const string Page = "/status/";
    private const string Image = ".svg";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value;
        return
            path is not null
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && Find(path, request) is { } answer
            ? answer.WriteAsync(context)
            : next(context);
    }

    private Answer? Find(string path, HttpRequest request)
    {
        if (path.StartsWith(Page, StringComparison.Ordinal))
        {
            return Find(path.AsSpan(Page.Length), AnswerName.OfPage(request, options.Value));
        }

        if (path.StartsWith(Embed, StringComparison.Ordinal))
        {
            return Find(path.AsSpan(Embed.Length), AnswerName.OfEmbed(request, options.Value));
        }

        if (
            path.StartsWith(Badge, StringComparison.Ordinal)
            && path.EndsWith(Image, StringComparison.Ordinal)
            && BadgeAsk.Of(request) is { IsKept: true } ask
        )
        {
            return Find(path.AsSpan()[Badge.Length..^Image.Length], AnswerName.OfBadge(ask, isJson: false));
        }

        return null;
    }

    private Answer? Find(ReadOnlySpan<char> slug, AnswerName name) =>
        standings.FindWarm(slug) is { } standing && standing.TryGet(name, out var answer) ? answer : null;
}
