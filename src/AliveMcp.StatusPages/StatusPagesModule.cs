using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Badges;
using AliveMcp.StatusPages.Embed;
using AliveMcp.StatusPages.Incidents;
using AliveMcp.StatusPages.Kept;
using AliveMcp.StatusPages.Overview;
using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Standings;
using AliveMcp.StatusPages.Subscribers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.StatusPages;

/// <summary>The public reads' door: pages, badges and the embed answer. Needs <c>AddTenancy</c>, <c>AddServers</c>, <c>AddArchive</c> and <c>AddAlerting</c>.</summary>
public static class StatusPagesModule
{
    public static IServiceCollection AddStatusPages(this IServiceCollection services)
    {
        services.AddOptions<StatusPagesOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeptPages>();
        services.AddSingleton<SlugRoster>();
        services.AddSingleton<VerdictSource>();
        services.AddSingleton<StandingsAtHand>();
        services.AddSingleton<StandingSource>();
        services.AddSingleton<PublicStandings>();
        services.AddSingleton<PageFactsReader>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<StatusPageAnswers>();
        services.AddSingleton<IncidentSource>();
        services.AddSingleton<IncidentAnswers>();
        services.AddSingleton<SubscribeAnswers>();
        services.AddSingleton<AllServers>();
        services.AddSingleton<Overviews>();
        return services;
    }

    /// <summary>The loop of the role <c>web</c>: forgets kept pages of servers that are no longer public.</summary>
    public static IServiceCollection AddStatusPagesJobs(this IServiceCollection services)
    {
        services.AddSingleton<KeptSweep>();
        services.AddHostedService(given => given.GetRequiredService<KeptSweep>());
        return services;
    }

    /// <summary>Gives answers that lie ready before anything else is done; put it in front of routing and authentication.</summary>
    public static void UseWarmReads(this IApplicationBuilder app) => app.UseMiddleware<WarmReads>();

    /// <summary>Maps <c>/</c>, <c>/status</c>, <c>/badge</c>, <c>/api/embed-status</c>, <c>/schemas</c>, <c>/assets</c> and the page for whatever is not found.</summary>
    public static void MapStatusPages(this IEndpointRouteBuilder routes)
    {
        routes.MapEmbed();
        routes.MapBadges();
        routes.MapPages();
        routes.MapSubscribers();
    }
}
