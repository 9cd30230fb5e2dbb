using AliveMcp.Servers.Acts;
using AliveMcp.Servers.Alerts;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Credentials;
using AliveMcp.Servers.Erasure;
using AliveMcp.Servers.Export;
using AliveMcp.Servers.Files;
using AliveMcp.Servers.Import;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Servers.Objectives;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.Tenants;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Servers;

/// <summary>What we watch.</summary>
public static class ServersModule
{
    /// <summary>
    /// Registers the room. Needs Tenancy and Storage. Section <c>Egress</c> of the configuration says which closed addresses the servers
    /// file may name, as it says to the probers which ones they may dial.
    /// </summary>
    public static IServiceCollection AddServers(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => RegistrationGuard.From(provider.GetService<IConfiguration>()));
        services.AddRoomDb<ServersDb>();
        services.AddSingleton(provider => LaneRule.From(provider.GetService<IConfiguration>()));
        services.AddSingleton(provider => new WatchList(
            provider.GetRequiredService<PostgresDoors>(),
            provider.GetRequiredService<TenantPlans>(),
            provider.GetRequiredService<TenantStandings>(),
            provider.GetRequiredService<LaneRule>()
        ));
        services.AddSingleton<OwnerWishes>();
        services.AddSingleton<TicketSettings>();
        services.AddSingleton<Listings>();
        services.AddSingleton<AskedPauses>();
        services.AddSingleton<ServersFile>();
        services.AddErasure();
        services.AddSingleton<ObservedChanges>();
        services.AddScoped<PublicSlugs>();
        services.AddScoped<FileParts>();
        services.AddScoped<WideMaintenance>();
        services.AddScoped<IFilePart, MaintenancePart>();
        services.AddScoped<CatalogueChange>();
        services.AddScoped<OwnServers>();
        services.AddScoped<MaintenanceQueries>();
        services.AddScoped<ServerActs>();
        services.AddScoped(provider => new MaintenanceActs(
            provider.GetRequiredService<ServerActs>(),
            provider.GetRequiredService<MaintenanceQueries>(),
            provider.GetRequiredService<WideMaintenance>()
        ));
        services.AddScoped(provider => new ServerAlerts(
            provider.GetRequiredService<OwnServers>(),
            provider.GetRequiredService<ServerActs>()
        ));
        services.AddScoped<ServerImport>();
        services.AddScoped(provider => new ServerQueries(
            provider.GetRequiredService<ServersDb>(),
            provider.GetRequiredService<Listings>(),
            provider.GetRequiredService<TenantScope>()
        ));
        foreach (var surface in ServerSurfaces.All)
        {
            services.AddSingleton(surface);
        }

        services.AddSingleton<ProbeCredentials>();
        services.AddScoped(provider => new ServerCredentials(
            provider.GetRequiredService<ServersDb>(),
            provider.GetRequiredService<SecretVault>(),
            provider.GetRequiredService<TenantScope>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddScoped(provider => new ServerObjectives(
            provider.GetRequiredService<ServersDb>(),
            provider.GetRequiredService<TenantScope>()
        ));
        return services;
    }

    /// <summary>Erasing, its receipts and its stones alone: what <c>ops</c> needs. Needs Storage.</summary>
    public static IServiceCollection AddErasure(this IServiceCollection services) =>
        services
            .AddSingleton<ServerEraser>()
            .AddSingleton<TenantEraser>()
            .AddSingleton<ErasureTraces>()
            .AddSingleton<ErasureReceipts>()
            .AddSingleton<Tombstones>()
            .AddSingleton<ErasureDrill>();

    /// <summary>The loops that erase what owners asked to erase and put on the timeline what probes found changed: for one role of the host.</summary>
    public static IServiceCollection AddServersJobs(this IServiceCollection services) =>
        services
            .AddHostedService<ServerEraserLoop>()
            .AddHostedService<ErasureDrillLoop>()
            .AddHostedService<ObservedChangesLoop>();

    /// <summary>Maps this room's endpoints into the group <c>/api/v1</c>.</summary>
    public static RouteGroupBuilder MapServers(this RouteGroupBuilder api)
    {
        api.MapServerEndpoints();
        return api;
    }

    /// <summary>Maps <c>/schemas/alivemcp.json</c>, at the root.</summary>
    public static IEndpointRouteBuilder MapServersSchema(this IEndpointRouteBuilder routes)
    {
        routes.MapServersFileSchema();
        return routes;
    }
}
