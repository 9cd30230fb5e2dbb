using AliveMcp.Archive;
using AliveMcp.Collector;
using AliveMcp.Host.Readiness;
using AliveMcp.Hosting.Problems;
using AliveMcp.Servers;
using AliveMcp.Storage;
using AliveMcp.Storage.Redis;
using AliveMcp.Tenancy;
using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Host;

/// <summary>The rooms of the house, and the loops of the roles that this process has.</summary>
internal static class HostRooms
{
    public static IServiceCollection AddRooms(
        this IServiceCollection services,
        HostRoles roles,
        StorageOptions storage,
        RedisDoor redis,
        PlanTable plans
    )
    {
        services.AddSingleton(plans);
        services.AddAliveMcpStorage(storage, redis);
        services.AddHealthChecks().AddCheck<PostgresCheck>("postgres").AddCheck<RedisCheck>("redis");
        services.AddTenancy();
        services.AddServers();
        services.AddCollector();
        services.AddArchive();
        if (roles.Scheduler)
        {
            services.AddSchedulerLoops();
        }

        if (roles.Collector)
        {
            services.AddCollectorLoops();
        }

        if (roles.Archiver)
        {
            services.AddArchiverLoops();
            services.AddServersJobs();
        }

        return services;
    }

    public static void MapRooms(this WebApplication app, HostRoles roles)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        if (roles.Web)
        {
            var v1 = app.MapGroup("/api/v1").AddEndpointFilter<ProblemFilter>();
            v1.MapServers();
            v1.MapArchive();
            app.MapServersSchema();
        }

        if (roles.Collector)
        {
            app.MapProberDesk("/prober/v1");
        }
    }
}
