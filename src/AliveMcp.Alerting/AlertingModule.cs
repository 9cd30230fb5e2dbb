using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Doors;
using AliveMcp.Alerting.Export;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Rules;
using AliveMcp.Alerting.SelfTest;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Subscriptions;
using AliveMcp.Storage.Postgres;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Alerting;

/// <summary>The room's door: minute, change, incident, delivery.</summary>
public static class AlertingModule
{
    /// <summary>Reads, rules and sinks. Needs Storage, Tenancy, Servers and Archive.</summary>
    public static IServiceCollection AddAlerting(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRoomDb<AlertingDb>();
        foreach (var surface in AlertingSurfaces.All)
        {
            services.AddSingleton(surface);
        }

        return services.AddIncidents().AddSinks().AddRules().AddDeliveries().AddSubscriptions().AddSelfTest();
    }

    /// <summary>The loops of the role <c>alerter</c>. Any number of processes may run them.</summary>
    public static IServiceCollection AddAlerterLoops(this IServiceCollection services) =>
        services.AddIncidentLoops().AddSinkLoops().AddDeliveryLoops().AddSubscriptionLoops().AddSelfTestLoop();

    /// <summary>Pages that links in messages lead to, runbooks among them, at the root.</summary>
    public static IEndpointRouteBuilder MapAlertingPages(this IEndpointRouteBuilder routes)
    {
        routes.MapDoors();
        routes.MapSubscriptionDoors();
        routes.MapRunbooks();
        return routes;
    }

    /// <summary>Endpoints under <c>/api/v1</c>.</summary>
    public static RouteGroupBuilder MapAlerting(this RouteGroupBuilder api)
    {
        api.MapIncidents();
        api.MapSinks();
        api.MapRules();
        api.MapDeliveries();
        api.MapSubscriptions();
        return api;
    }
}
