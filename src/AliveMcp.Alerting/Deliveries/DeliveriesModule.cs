using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Deliveries;

internal static class DeliveriesModule
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services) => services;

    public static IServiceCollection AddDeliveryLoops(this IServiceCollection services) => services;

    public static void MapDeliveries(this RouteGroupBuilder api) => _ = api;
}
