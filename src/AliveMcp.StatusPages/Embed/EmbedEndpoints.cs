using System.Text.Json;
using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Standings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Embed;

/// <summary><c>/api/embed-status/{slug}</c>: one server's status for a stranger's page, script or agent.</summary>
internal static class EmbedEndpoints
{
    /// <summary>One body for private and unknown slugs alike: nobody learns which of the two it is.</summary>
    private static readonly Answer NotFound = Answer.Of(
        AnswerKind.Problem,
        JsonSerializer.SerializeToUtf8Bytes(
            new EmbedProblem("Not found", 404, "server_not_found", "There is no public server of this name."),
            EmbedJson.Default.EmbedProblem
        ),
        StatusCodes.Status404NotFound
    );

    private static readonly Answer Unavailable = Answer.Of(
        AnswerKind.PassingProblem,
        JsonSerializer.SerializeToUtf8Bytes(
            new EmbedProblem(
                "Unavailable",
                503,
                "status_unavailable",
                "The status cannot be read now. Ask again soon."
            ),
            EmbedJson.Default.EmbedProblem
        ),
        StatusCodes.Status503ServiceUnavailable
    );

    private static readonly Answer Schema = Answer.Of(AnswerKind.Schema, Assets.Read("embed-status.json"));

    public static void MapEmbed(this IEndpointRouteBuilder routes)
    {
        var standings = routes.ServiceProvider.GetRequiredService<PublicStandings>();
        var options = routes.ServiceProvider.GetRequiredService<IOptions<StatusPagesOptions>>().Value;

        routes.MapReads("/api/embed-status/{slug}", context => StatusAsync(context, standings, options));
        routes.MapMethods("/api/embed-status/{slug}", [HttpMethods.Options], AllowAsync).AllowAnonymous();
        routes.MapReads("/schemas/embed-status.json", Schema.WriteAsync);
    }

    private static async Task StatusAsync(HttpContext context, PublicStandings standings, StatusPagesOptions options)
    {
        var slug = (string?)context.Request.RouteValues["slug"];
        var (standing, couldSay) = await standings.FindAsync(slug, context.RequestAborted);
        if (standing is null)
        {
            await (couldSay ? NotFound : Unavailable).WriteAsync(context);
            return;
        }

        var name = AnswerName.OfEmbed(context.Request, options);
        if (!standing.TryGet(name, out var answer))
        {
            answer = standing.Keep(name, Make(standing, PublicOrigin.Of(context.Request, options)));
        }

        await answer.WriteAsync(context);
    }

    private static Answer Make(Standing standing, string? origin)
    {
        var status = EmbedStatus.Of(standing.Listing, standing.Status, origin);
        return Answer.Of(AnswerKind.Embed, JsonSerializer.SerializeToUtf8Bytes(status, EmbedJson.Default.EmbedStatus));
    }

    /// <summary>A browser asks first when a page's script sends <c>If-None-Match</c>.</summary>
    private static Task AllowAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, HEAD";
        headers.AccessControlAllowHeaders = "If-None-Match";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
