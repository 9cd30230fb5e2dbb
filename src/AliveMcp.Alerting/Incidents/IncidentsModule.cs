using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Incidents;

internal static class IncidentsModule
{
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddSingleton<ToldIncidents>();
        services.AddScoped<IncidentQueries>();
        services.AddScoped<IncidentActs>();
        return services;
    }

    public static IServiceCollection AddIncidentLoops(this IServiceCollection services) => services;

    public static void MapIncidents(this RouteGroupBuilder api) => api.MapIncidentEndpoints();
}
