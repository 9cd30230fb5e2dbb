using AliveMcp.Alerting.Incidents.ByHand;
using AliveMcp.Alerting.Kinds;
using AliveMcp.Alerting.Reading;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Loops;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Alerting.Incidents;

internal static class IncidentsModule
{
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddSingleton<ToldIncidents>();
        services.AddScoped(provider => new IncidentQueries(
            provider.GetRequiredService<AlertingDb>(),
            provider.GetRequiredService<ServerQueries>()
        ));
        services.AddScoped(provider => new IncidentActs(
            provider.GetRequiredService<AlertingDb>(),
            provider.GetRequiredService<IncidentQueries>(),
            provider.GetRequiredService<ActorScope>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        return services;
    }

    public static IServiceCollection AddIncidentLoops(this IServiceCollection services)
    {
        services.TryAddSingleton<LoopShell>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<IncidentOpener>();
        services.AddSingleton<MinuteIntake>();
        services.AddSingleton<ReaderLease>();
        services.AddSingleton<AlertReader>();
        services.AddSingleton<AlertDrain>();
        services.AddSingleton<SilenceSweep>();
        services.AddSingleton<DriftAlerts>();
        services.AddSingleton<BurnAlerts>();
        services.AddSingleton<LatencyAlerts>();
        services.AddSingleton<ProberAlarms>();
        services.AddSingleton<ExpiryAlerts>();
        services.AddHostedService<ExpiryLoop>();
        services.AddHostedService<KindLoop>();
        services.AddHostedService<AlertDrainLoop>();
        services.AddSingleton<HandTelling>();
        services.AddHostedService<HandLoop>();
        return services;
    }

    public static void MapIncidents(this RouteGroupBuilder api) => api.MapIncidentEndpoints();
}
