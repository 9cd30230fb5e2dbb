using AliveMcp.Archive.Drift;
using AliveMcp.Archive.History;
using AliveMcp.Archive.Status;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Archive;

/// <summary>The archive's door: keeps minutes and answers about them.</summary>
public static class ArchiveModule
{
    /// <summary>The reads: status, history, contract panel.</summary>
    public static IServiceCollection AddArchive(this IServiceCollection services)
    {
        services.AddSingleton<StatusQueries>();
        services.AddSingleton<ServerHistory>();
        services.AddSingleton<ContractPanels>();
        return services;
    }

    /// <summary>The loops of the role <c>archiver</c>: drain, hours, watch periods, retention. Any number of processes may run them.</summary>
    public static IServiceCollection AddArchiverLoops(this IServiceCollection services) => services;

    /// <summary>Endpoints under <c>/api/v1</c>.</summary>
    public static RouteGroupBuilder MapArchive(this RouteGroupBuilder routes) => routes;
}
