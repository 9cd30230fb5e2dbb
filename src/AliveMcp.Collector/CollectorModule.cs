using AliveMcp.Collector.Cells;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Explain;
using AliveMcp.Collector.Export;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Intake;
using AliveMcp.Collector.Looks;
using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Queues;
using AliveMcp.Collector.Schedule;
using AliveMcp.Servers.Files;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace AliveMcp.Collector;

/// <summary>A minute from plan to seal: planner, desk, intake, sweep, and the contracts that probers bring.</summary>
public static class CollectorModule
{
    /// <summary>What every role may ask this room: contracts, regions, the story of a minute. Needs storage.</summary>
    public static IServiceCollection AddCollector(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CollectorMeter>();
        services.AddSingleton<ContractVersionQueries>();
        services.AddSingleton<ContractSightings>();
        services.AddSingleton<ExplainMinute>();
        services.AddSingleton<EvidenceQueries>();
        services.AddSingleton<RegionTokens>();
        services.AddSingleton<LiveRegions>();
        services.AddSingleton<RegionRegister>();
        services.AddSingleton(provider => new RegionNames(provider.GetRequiredService<RegionTokens>().NamesAsync));
        services.AddSingleton<TurnScript>();
        services.AddSingleton<LookTurns>();
        services.AddSingleton<AskScript>();
        services.AddSingleton<LookNow>();
        services.AddSingleton<LiveLook>();
        foreach (var surface in CollectorSurfaces.All)
        {
            services.AddSingleton(surface);
        }

        services.AddHealthChecks().AddCheck<ClockCheck>("clock");
        return services;
    }

    /// <summary>Role <c>scheduler</c>: plans every minute. Needs <c>AddServers</c>.</summary>
    public static IServiceCollection AddSchedulerLoops(this IServiceCollection services)
    {
        services.AddSingleton<OpenScript>();
        services.TryAddSingleton<QueueScript>();
        services.AddSingleton<TickLog>();
        services.AddSingleton<PlanFactsTable>();
        services.AddSingleton<WatchPages>();
        services.AddSingleton<PlanMemory>();
        services.AddSingleton<MinuteOpener>();
        services.AddSingleton<PagePlanner>();
        services.AddSingleton<ScheduleTick>();
        services.AddSingleton<ScheduleJob>();
        services.AddQuartz(quartz =>
            quartz.ScheduleJob<ScheduleJob>(trigger =>
                trigger
                    .WithIdentity("plan")
                    .StartNow()
                    .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(1)).RepeatForever())
            )
        );
        services.AddQuartzHostedService();
        return services;
    }

    /// <summary>Role <c>collector</c>: what the desk needs, the sweep, and the deletion of erased servers' keys. Needs <c>AddServers</c>.</summary>
    public static IServiceCollection AddCollectorLoops(this IServiceCollection services)
    {
        services.AddSingleton<RecordScript>();
        services.AddSingleton<SealScript>();
        services.AddSingleton<OverdueScript>();
        services.AddSingleton<ExtendScript>();
        services.TryAddSingleton<QueueScript>();
        services.AddSingleton<TallyScript>();
        services.AddSingleton<RegionDoubts>();
        services.AddSingleton<ConfirmationRound>();
        services.AddSingleton<LeaseScript>();
        services.AddSingleton<OpenMinuteReader>();
        services.AddSingleton<MinuteSealer>();
        services.AddSingleton<MinuteSweep>();
        services.AddSingleton<DeskKey>();
        services.AddSingleton<DeskDoor>();
        services.AddSingleton<SettingsCache>();
        services.AddSingleton<TicketExpander>();
        services.AddSingleton<TellScript>();
        services.AddSingleton<LookTickets>();
        services.AddSingleton<StepIntake>();
        services.AddSingleton<TicketDesk>();
        services.AddSingleton<MemoryTable>();
        services.AddSingleton<BackoffNote>();
        services.AddSingleton<ServerMemories>();
        services.AddSingleton<EvidenceTable>();
        services.AddSingleton<SideNotes>();
        services.AddSingleton<ReportKeeper>();
        services.AddSingleton<EntryIntake>();
        services.AddSingleton<ResultIntake>();
        services.AddSingleton<ContractStore>();
        services.AddSingleton<ErasedServers>();
        services.AddSingleton<CellTable>();
        services.AddSingleton<CellIntake>();
        services.AddSingleton<QueueReader>();
        services.AddSingleton<QueueWatch>();
        services.AddHealthChecks().AddCheck<QueueCheck>("queues");
        services.AddHostedService(provider => provider.GetRequiredService<QueueWatch>());
        services.AddHostedService<SweepLoop>();
        services.AddHostedService<ErasureLoop>();
        return services;
    }

    /// <summary>Maps this room's endpoints into the group <c>/api/v1</c>: live looks.</summary>
    public static RouteGroupBuilder MapCollector(this RouteGroupBuilder api)
    {
        api.MapLookEndpoints();
        return api;
    }

    /// <summary>Maps what probers speak to, for example below <c>/prober/v1</c>. Role <c>collector</c> only.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="prefix">Path before <c>/lease</c>, <c>/results</c>, <c>/steps</c>, <c>/cells</c> and <c>/contracts</c>.</param>
    public static IEndpointRouteBuilder MapProberDesk(this IEndpointRouteBuilder routes, string prefix)
    {
        DeskEndpoints.Map(routes, prefix);
        return routes;
    }
}
