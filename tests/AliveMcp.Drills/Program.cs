using System.Globalization;
using AliveMcp.Drills.Alerts;
using AliveMcp.Drills.Archive;
using AliveMcp.Drills.Erasure;
using AliveMcp.Drills.Faults;
using AliveMcp.Drills.FiftyThousand;
using AliveMcp.Drills.Town;

// Faults and load on the real processes, each by name; the last line of each is: name, figures, ok or short.
return args switch
{
    ["fifty-thousand"] => await FiftyThousandDrill.RunAsync(50_000, 3, onRedis: false, Console.Out),
    ["fifty-thousand", var servers, var minutes] => await FiftyThousandDrill.RunAsync(
        Number(servers),
        Number(minutes),
        onRedis: false,
        Console.Out
    ),
    ["fifty-thousand", var servers, var minutes, "redis"] => await FiftyThousandDrill.RunAsync(
        Number(servers),
        Number(minutes),
        onRedis: true,
        Console.Out
    ),
    ["scheduler-failover"] => await SchedulerFailoverDrill.RunAsync(Console.Out),
    ["own-region-outage"] => await OwnRegionOutageDrill.RunAsync(Console.Out),
    ["partition"] => await PartitionDrill.RunAsync(Console.Out),
    ["noisy-neighbour"] => await NoisyNeighbourDrill.RunAsync(Console.Out),
    ["runaway-tenant"] => await RunawayTenantDrill.RunAsync(Console.Out),
    ["archiver-killed"] => await ArchiverKilledDrill.RunAsync(1, Console.Out),
    ["archiver-killed", var rounds] => await ArchiverKilledDrill.RunAsync(Number(rounds), Console.Out),
    ["two-archivers"] => await TwoArchiversDrill.RunAsync(60, Console.Out),
    ["two-archivers", var minutes] => await TwoArchiversDrill.RunAsync(Number(minutes), Console.Out),
    ["postgres-away"] => await PostgresAwayDrill.RunAsync(TimeSpan.FromMinutes(5), Console.Out),
    ["postgres-away", var seconds] => await PostgresAwayDrill.RunAsync(Seconds(seconds), Console.Out),
    ["redis-flushed"] => await RedisFlushedDrill.RunAsync(Console.Out),
    ["disk-full"] => await DiskFullDrill.RunAsync(TimeSpan.FromSeconds(30), Console.Out),
    ["disk-full", var seconds] => await DiskFullDrill.RunAsync(Seconds(seconds), Console.Out),
    ["clock-jump"] => await ClockJumpDrill.RunAsync(Console.Out),
    ["partition-missing"] => await PartitionMissingDrill.RunAsync(Console.Out),
    ["host", .. var words] => WrongClock.RunHost(words),
    ["erasure"] => await ErasureOfTenantsDrill.RunAsync(20, Console.Out),
    ["erasure", var tenants] => await ErasureOfTenantsDrill.RunAsync(Number(tenants), Console.Out),
    ["alert-storm" or "alert-crash" or "alert-latency", ..] => await AlertDrills.RunAsync(args, Console.Out),
    ["town", .. var plots] => await TownProgram.RunAsync(plots),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(Number(text));

static int Usage()
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project tests/AliveMcp.Drills -- "
            + "fifty-thousand [servers minutes [redis]]|noisy-neighbour|runaway-tenant|partition|own-region-outage|scheduler-failover|"
            + "archiver-killed [rounds]|two-archivers [minutes]|postgres-away [seconds]|redis-flushed|disk-full [seconds]|"
            + "clock-jump|partition-missing|erasure [tenants]|"
            + "alert-storm [tenants]|alert-crash [seconds]|alert-latency [incidents]"
    );
    return 2;
}
