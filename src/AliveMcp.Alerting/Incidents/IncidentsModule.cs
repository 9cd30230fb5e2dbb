using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Incidents;

internal static class IncidentsModule
{
    public static IServiceCollection AddIncidents(this IServiceCollection services) => services;

    public static IServiceCollection AddIncidentLoops(this IServiceCollection services) => services;

    public static void MapIncidents(this RouteGroupBuilder api) => _ = api;
}
