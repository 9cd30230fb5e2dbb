using AliveMcp.Collector.ContractVersions;
using AliveMcp.Collector.Explain;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Collector;

/// <summary>A minute from plan to seal: planner, desk, intake, sweep, and the contracts that probers bring.</summary>
public static class CollectorModule
{
    /// <summary>What every role may ask this room: contracts, regions, the story of a minute.</summary>
    public static IServiceCollection AddCollector(this IServiceCollection services)
    {
        services.AddSingleton<CollectorMeter>();
        services.AddSingleton<ContractVersionQueries>();
        services.AddSingleton<ExplainMinute>();
        return services;
    }

    /// <summary>Role <c>scheduler</c>: plans every minute.</summary>
    public static IServiceCollection AddSchedulerLoops(this IServiceCollection services) => services;

    /// <summary>Role <c>collector</c>: what the desk needs, the sweep, and the deletion of erased servers' keys.</summary>
    public static IServiceCollection AddCollectorLoops(this IServiceCollection services) => services;

    /// <summary>Maps what probers speak to, for example below <c>/prober/v1</c>. Role <c>collector</c> only.</summary>
    public static IEndpointRouteBuilder MapProberDesk(this IEndpointRouteBuilder routes, string prefix) => routes;
}
