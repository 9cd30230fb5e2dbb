using AliveMcp.Dashboard.Pages;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Tenants;

/// <summary>Which tenants somebody is in, and new ones.</summary>
internal static class TenantEndpoints
{
    public static void MapTenants(this RouteGroupBuilder pages)
    {
        pages.MapGet("/tenants", ShowAsync);
        pages.MapPost("/tenants", MakeAsync);
    }

    private static Task<IResult> ShowAsync(HttpContext http, PageRenderer pages) =>
        PageAsync(http, pages, [], (null, null));

    private static async Task<IResult> MakeAsync(
        HttpContext http,
        TenantDesk tenants,
        ActorScope actor,
        PageRenderer pages
    )
    {
        var form = http.Request.Form;
        var wanted = (form["slug"].ToString(), form["name"].ToString());
        var made = await tenants.MakeAsync(
            http.Session().Person,
            wanted,
            (Visitor.Of(http), actor.Actor),
            http.RequestAborted
        );
        return made.TryGet(out var tenant)
            ? http.Go($"/t/{tenant.Slug}/members", "made")
            : await PageAsync(http, pages, made.Problems, wanted);
    }

    private static Task<IResult> PageAsync(
        HttpContext http,
        PageRenderer pages,
        IReadOnlyList<Problem> problems,
        (string? Slug, string? Name) typed
    )
    {
        var ground = http.GroundOf(problems) with { Tenant = null };
        var view = new TenantsView(ground, http.SignedIn().Tenants, typed.Slug, typed.Name);
        return pages.ShowAsync<TenantsPage>(view, PageGround.StatusOf(problems));
    }
}
