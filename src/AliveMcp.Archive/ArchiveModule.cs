using AliveMcp.Archive.Drain;
using AliveMcp.Archive.Drift;
using AliveMcp.Archive.Export;
using AliveMcp.Archive.History;
using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Retention;
using AliveMcp.Archive.Rollups;
using AliveMcp.Archive.Slo;
using AliveMcp.Archive.Slo.Sla;
using AliveMcp.Archive.Status;
using AliveMcp.Collector.Explain;
using AliveMcp.Storage.Loops;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary.Plans;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Archive;

/// <summary>The archive's door: keeps minutes and answers about them.</summary>
public static class ArchiveModule
{
    /// <summary>The reads: status, history, contract panel. Needs storage, Servers, Collector's reads and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddArchive(this IServiceCollection services)
    {
        services.AddSingleton<StatusQueries>();
        services.AddSingleton<StatusAtHand>();
        services.AddSingleton<RegionCities>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton(given =>
            given.GetService<PlanTable>() is { } plans
                ? new HistoryReach(
                    plans,
                    given.GetRequiredService<TenantPlans>(),
                    given.GetRequiredService<TimeProvider>()
                )
                : HistoryReach.Whole
        );
        services.AddSingleton(given => new ServerHistory(Reader(given), Reach(given)));
        services.AddSingleton(given => new MinuteQueries(Reader(given), Reach(given)));
        services.AddSingleton(given => new LatencyQueries(Reader(given), Reach(given)));
        services.AddSingleton(given => new UptimeQueries(Reader(given), Reach(given)));
        services.AddSingleton(given => new ServerPages(
            Reader(given),
            Reach(given),
            given.GetRequiredService<ContractFindings>()
        ));
        services.AddSingleton<ContractComparisons>();
        services.AddSingleton<ContractFindings>();
        services.AddSingleton<DeclaredDrifts>();
        services.AddSingleton<ContractPanels>();
        services.AddSingleton<ArchivedMinutes>();
        services.AddSingleton(given => new MinuteExplanation(
            given.GetRequiredService<ExplainMinute>(),
            given.GetRequiredService<ArchivedMinutes>()
        ));
        services.AddSingleton<SloQueries>();
        services.AddSingleton<BurnWatch>();
        services.AddSingleton<LatencyWatch>();
        services.AddSingleton<RegionPulses>();
        services.AddSingleton<SlaReports>();
        services.AddSingleton<SlaPages>();
        foreach (var surface in ArchiveSurfaces.All)
        {
            services.AddSingleton(surface);
        }

        return services;
    }

    /// <summary>The loops of the role <c>archiver</c>: drain, packing, watch periods, retention, drift. Any number of processes may run them.</summary>
    public static IServiceCollection AddArchiverLoops(this IServiceCollection services)
    {
        services.TryAddSingleton<LoopShell>();
        services.AddSingleton<MinutePartitions>();
        services.AddSingleton<VerdictKeeper>();
        services.AddSingleton<DrainWatch>();
        services.AddSingleton<MinuteDrain>();
        services.AddSingleton<SetAsideRetry>();
        services.AddSingleton<HourCloser>();
        services.AddSingleton<RollupPacker>();
        services.AddSingleton<WatchLedger>();
        services.AddSingleton<MinuteRetention>();
        services.AddRetention();
        services.AddSingleton<HistoryTurn>();
        services.AddSingleton<MemoryWatch>();
        services.AddSingleton<DriftDeclarer>();
        services.AddHealthChecks().AddCheck<LagCheck>("archive");
        services.AddHostedService<DrainLoop>();
        services.AddHostedService<LagLoop>();
        services.AddHostedService<PackLoop>();
        services.AddHostedService<WatchLoop>();
        services.AddHostedService<KeepLoop>();
        services.AddHostedService<DriftLoop>();
        return services;
    }

    /// <summary>Retention of closed history alone: what <c>ops</c> needs. Needs storage, a plan table and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services) =>
        services.AddSingleton<ClockAgreement>().AddSingleton<HistoryRetention>();

    /// <summary>Endpoints under <c>/api/v1</c>.</summary>
    public static RouteGroupBuilder MapArchive(this RouteGroupBuilder routes)
    {
        routes.MapStatusEndpoints();
        routes.MapMinuteEndpoints();
        routes.MapDayEndpoints();
        routes.MapUptimeEndpoints();
        routes.MapChangeEndpoints();
        routes.MapLatencyEndpoints();
        routes.MapEvidenceEndpoints();
        routes.MapContractEndpoints();
        routes.MapDriftEndpoints();
        routes.MapSloEndpoints();
        routes.MapSlaEndpoints();
        routes.MapExportEndpoints();
        return routes;
    }

    private static HistoryReader Reader(IServiceProvider given) => given.GetRequiredService<HistoryReader>();

    private static HistoryReach Reach(IServiceProvider given) => given.GetRequiredService<HistoryReach>();
}
