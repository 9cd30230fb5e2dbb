using AliveMcp.Servers.Catalogue;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Servers;

/// <summary>What we watch.</summary>
public static class ServersModule
{
    public static IServiceCollection AddServers(this IServiceCollection services)
    {
        services.AddSingleton<WatchList>();
        services.AddSingleton<TicketSettings>();
        services.AddSingleton<Listings>();
        return services;
    }

    /// <summary>Maps this room's endpoints below <c>/api/v1</c>.</summary>
    public static RouteGroupBuilder MapServers(this RouteGroupBuilder api)
    {
        return api;
    }
}
