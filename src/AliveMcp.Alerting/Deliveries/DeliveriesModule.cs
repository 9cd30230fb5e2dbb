using AliveMcp.Alerting.Budgets;
using AliveMcp.Alerting.Suppression;
using AliveMcp.Storage.Loops;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Alerting.Deliveries;

internal static class DeliveriesModule
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services) =>
        services
            .AddSingleton<OperatorAlarms>()
            .AddSingleton<ClusterQueries>()
            .AddSingleton<AlertBacklog>()
            .AddScoped<DeliveryQueries>()
            .AddScoped(provider => new Redelivery(
                provider.GetRequiredService<AlertingDb>(),
                provider.GetRequiredService<TimeProvider>()
            ));

    public static IServiceCollection AddDeliveryLoops(this IServiceCollection services)
    {
        services.TryAddSingleton<LoopShell>();
        services.AddSingleton<BudgetReader>();
        services.AddSingleton<DigestWriter>();
        services.AddSingleton<OriginLedger>();
        services.AddSingleton<ReachIntake>();
        services.AddSingleton<ClusterWatch>();
        services.AddSingleton<BundleSweep>();
        services.AddSingleton<AlertRouter>();
        services.AddSingleton<DeliveryClaims>();
        services.AddSingleton<SinkSwitch>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<DeliveryRunner>();
        services.AddHostedService<ClusterLoop>();
        services.AddHostedService<RouteLoop>();
        services.AddHostedService<DeliveryLoop>();
        services.AddHostedService<DigestLoop>();
        services.AddSingleton<AlertPruning>();
        services.AddHostedService<PruneLoop>();
        services.AddHealthChecks().AddCheck<AlertLag>("alerts");
        return services;
    }

    public static void MapDeliveries(this RouteGroupBuilder api)
    {
        api.MapDeliveryLog();
        api.MapOperatorAlerts();
    }
}
