using AliveMcp.Dashboard.Account;
using AliveMcp.Dashboard.Incidents;
using AliveMcp.Dashboard.Keys;
using AliveMcp.Dashboard.Looks;
using AliveMcp.Dashboard.Maintenance;
using AliveMcp.Dashboard.Members;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Dashboard.Rules;
using AliveMcp.Dashboard.Servers;
using AliveMcp.Dashboard.SignIn;
using AliveMcp.Dashboard.Sinks;
using AliveMcp.Dashboard.Tenants;
using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Dashboard;

/// <summary>The pages for people who sign in. Needs <c>AddTenancy</c>.</summary>
public static class DashboardModule
{
    private static readonly PathString[] Ours = ["/sign-in", "/sign-out", "/account", "/tenants", "/invitation", "/t"];

    public static IServiceCollection AddDashboard(this IServiceCollection services) =>
        services.AddSingleton<PageRenderer>();

    /// <summary>Recognises who comes to one of our pages, and puts a page where the door gives a bare no. Between routing and authorization.</summary>
    public static IApplicationBuilder UseDashboard(this IApplicationBuilder app) =>
        app.UseWhen(
            http => Array.Exists(Ours, path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)),
            pages =>
            {
                pages.Use(next => http => RefusalPages.ShowAsync(http, next));
                pages.UseAuthentication();
            }
        );

    /// <summary>Maps all pages at the root.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AddEndpointFilter<RouteGroupBuilder, FormFilter>().ExcludeFromDescription();
        var open = pages.MapGroup("").AllowAnonymous();
        open.MapLinks();
        open.MapOwnerLink();
        open.MapProviders();
        open.MapCode();
        open.MapInvitation();
        var own = pages.MapGroup("").RequireAuthorization(Can.ActForSelf);
        own.MapAccount();
        own.MapTenants();
        var tenant = pages.MapGroup("/t/{tenant}").AddEndpointFilter<RouteGroupBuilder, OpenIncidentsFilter>();
        tenant.MapIncidents();
        tenant.MapSinks();
        tenant.MapRules();
        tenant.MapMaintenance();
        tenant.MapServerPages();
        tenant.MapMembers();
        tenant.MapKeys();
        routes.MapGet(AccountStyles.Path, StylesAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task StylesAsync(HttpContext http)
    {
        http.Response.ContentType = "text/css; charset=utf-8";
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return http.Response.Body.WriteAsync(AccountStyles.Css, http.RequestAborted).AsTask();
    }
}
