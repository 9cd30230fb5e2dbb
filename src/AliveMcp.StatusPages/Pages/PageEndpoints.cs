using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Incidents;
using AliveMcp.StatusPages.Looks;
using AliveMcp.StatusPages.Overview;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.StatusPages.Pages;

/// <summary>The pages for people, their assets, and what is said when there is no page.</summary>
internal static class PageEndpoints
{
    private static readonly Answer Robots = Answer.Of(AnswerKind.Text, "User-agent: *\nDisallow: /api/\nAllow: /\n");

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        routes.MapReads("/", services.GetRequiredService<Overviews>().AnswerAsync);
        routes.MapReads("/status/{slug}", services.GetRequiredService<StatusPageAnswers>().AnswerAsync);
        var incidents = services.GetRequiredService<IncidentAnswers>();
        routes.MapReads(IncidentPaths.MonthPattern, incidents.MonthAsync);
        routes.MapReads(IncidentPaths.OnePattern, incidents.OneAsync);
        routes.MapReads(IncidentPaths.AtomPattern, incidents.AtomAsync);
        routes.MapReads(IncidentPaths.JsonPattern, incidents.JsonAsync);
        routes.MapReads("/robots.txt", Robots.WriteAsync);
        routes.MapReads("/favicon.svg", FavIcon.Brand.WriteAsync);
        foreach (var state in Enum.GetValues<ServerState>())
        {
            routes.MapReads(FavIcon.Path(state), FavIcon.Of(state).WriteAsync);
        }

        foreach (var (path, answer) in Stylesheet.All)
        {
            routes.MapReads(path, answer.WriteAsync);
        }

        var renderer = services.GetRequiredService<PageRenderer>();
        routes
            .MapFallback(context => LostAsync(context, renderer))
            .AllowAnonymous()
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
    }

    /// <summary>People get a page; programs get the bare status, to which the host gives its problem's shape.</summary>
    private static async Task LostAsync(HttpContext context, PageRenderer renderer)
    {
        var wantsPage = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (!wantsPage)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await (await renderer.NotFoundAsync()).WriteAsync(context);
    }
}
