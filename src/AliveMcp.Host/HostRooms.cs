using AliveMcp.Alerting;
using AliveMcp.Alerting.SelfTest;
using AliveMcp.Archive;
using AliveMcp.Collector;
using AliveMcp.Dashboard;
using AliveMcp.Host.Description;
using AliveMcp.Host.Readiness;
using AliveMcp.Hosting.Problems;
using AliveMcp.Servers;
using AliveMcp.StatusPages;
using AliveMcp.Storage;
using AliveMcp.Storage.Redis;
using AliveMcp.Tenancy;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary.Plans;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

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
        services.AddSingleton<PostgresCheck>();
        // A process whose pages go on without a store stays in service without it.
        var without = roles.IsWebAlone ? HealthStatus.Degraded : HealthStatus.Unhealthy;
        services.AddHealthChecks().AddCheck<PostgresCheck>("postgres", without).AddCheck<RedisCheck>("redis", without);
        services.AddTenancy().AddIsolationLoop();
        services.AddHealthChecks().AddCheck<IsolationCheck>("isolation");
        services
            .AddOptions<SignInOptions>()
            .BindConfiguration("SignIn")
            // One address of ours: what the public pages are reached by is where people sign in.
            .Configure<IOptions<StatusPagesOptions>>((signIn, pages) => signIn.PublicUrl ??= pages.Value.PublicUrl);
        services.AddOptions<MailOptions>().BindConfiguration("Mail");
        services.AddOptions<AlertOptions>().BindConfiguration("Alerts");
        services.AddApi();
        services.AddServers();
        services.AddCollector();
        services.AddArchive();
        services.AddAlerting();
        services.AddStatusPages();
        services.AddOptions<StatusPagesOptions>().BindConfiguration("StatusPages");
        services.AddLoops(roles);
        return services;
    }

    private static void AddLoops(this IServiceCollection services, HostRoles roles)
    {
        if (roles.Web)
        {
            services.AddStatusPagesJobs();
            services.AddDashboard();
            services.AddSignInJobs();
            services.AddHostedService<OwnerLinkNote>();
        }

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
            services.AddTenancyJobs();
        }

        if (roles.Alerter)
        {
            services.AddAlerterLoops();
        }
    }

    private static void AddApi(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration("Limits");
        services.AddApiDescription();
        // Says of every request without a token of its own that it had none; probers have theirs.
        services.AddLogging(logs =>
            logs.AddFilter("AliveMcp.Tenancy.ApiKeys.ApiKeyHandler", LogLevel.Warning)
                .AddFilter("AliveMcp.Tenancy.Operators.OperatorHandler", LogLevel.Warning)
        );
    }

    public static void MapRooms(this WebApplication app, HostRoles roles)
    {
        if (roles.Web)
        {
            app.UseWarmReads();
        }

        app.UseRouting();
        // Keys open the API. The desk knows its probers by other tokens, and public pages ask nobody who he is.
        app.DoNotAuthenticateEverybody();
        app.UseWhen(IsApi, api => api.UseAuthentication().UseRequestLimits().UseSuspensionGate());
        if (roles.Web)
        {
            app.UseDashboard();
        }

        app.UseAuthorization();
        app.UseWhen(IsApi, api => api.UseIdempotency());
        if (roles.Web)
        {
            var v1 = app.MapGroup("/api/v1").AddEndpointFilter<ProblemFilter>();
            v1.MapTenancy();
            v1.MapServers();
            v1.MapCollector();
            v1.MapArchive();
            v1.MapAlerting();
            app.MapApiDescription();
            app.MapServersSchema();
            app.MapAlertingPages();
            app.MapStatusPages();
            app.MapDashboard();
        }

        if (roles.Collector)
        {
            app.MapProberDesk("/prober/v1");
        }
    }

    private static bool IsApi(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal);

    /// <summary>Unless told that it is there already, the platform puts authentication in front of everything.</summary>
    private static void DoNotAuthenticateEverybody(this IApplicationBuilder app) =>
        app.Properties["__AuthenticationMiddlewareSet"] = true;
}
