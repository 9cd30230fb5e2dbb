using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Sinks;

internal static class SinksModule
{
    public static IServiceCollection AddSinks(this IServiceCollection services) =>
        services.AddSingleton<SinkDirectory>();

    public static void MapSinks(this RouteGroupBuilder api) => _ = api;
}
