using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Providers;
using AliveMcp.Tenancy.SignIn.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.SignIn;

/// <summary>To a provider and back.</summary>
internal static class ProviderEndpoints
{
    public static void MapProviders(this RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-in/with/{provider}", BeginAsync);
        pages.MapGet("/sign-in/callback/{provider}", FinishAsync);
    }

    private static async Task<IResult> BeginAsync(
        HttpContext http,
        string provider,
        string? next,
        ProviderDesk providers,
        WebOrigin origin,
        PageRenderer pages
    )
    {
        if (origin.Of(http.Request) is not { } here)
        {
            return Results.BadRequest();
        }

        var by = (http.BrowserSecret(), NextPath.Of(next));
        var begun = await providers.BeginAsync(provider, by, here, Visitor.Of(http), http.RequestAborted);
        return begun.TryGet(out var target)
            ? http.Go(target.AbsoluteUri)
            : await EnteringPages.RefuseAsync(http, pages, begun.Problems);
    }

    private static async Task<IResult> FinishAsync(
        HttpContext http,
        string provider,
        ProviderDesk providers,
        SessionDesk sessions,
        WebOrigin origin,
        WebCookies cookies,
        PageRenderer pages
    )
    {
        if (origin.Of(http.Request) is not { } here)
        {
            return Results.BadRequest();
        }

        var query = http.Request.Query;
        var entered = await providers.FinishAsync(
            provider,
            (query["code"], query["state"]),
            cookies.KnownBrowser(http.Request),
            here,
            http.RequestAborted
        );
        return entered.TryGet(out var person)
            ? await http.BeginAsync(sessions, person, provider)
            : await EnteringPages.RefuseAsync(http, pages, entered.Problems);
    }
}
