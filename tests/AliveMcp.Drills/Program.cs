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
    ["archiver-killed", .. var rounds] => await ArchiverKilledDrill.RunAsync(NumberOr(1, rounds), Console.Out),
    ["two-archivers", .. var minutes] => await TwoArchiversDrill.RunAsync(NumberOr(60, minutes), Console.Out),
    ["postgres-away", .. var seconds] => await PostgresAwayDrill.RunAsync(SecondsOr(300, seconds), Console.Out),
    ["redis-flushed"] => await RedisFlushedDrill.RunAsync(Console.Out),
    ["disk-full", .. var seconds] => await DiskFullDrill.RunAsync(SecondsOr(30, seconds), Console.Out),
    ["clock-jump"] => await ClockJumpDrill.RunAsync(Console.Out),
    ["partition-missing"] => await PartitionMissingDrill.RunAsync(Console.Out),
    ["host", .. var words] => WrongClock.RunHost(words),
    ["erasure", .. var tenants] => await ErasureOfTenantsDrill.RunAsync(NumberOr(20, tenants), Console.Out),
    ["alert-storm" or "alert-crash" or "alert-latency", ..] => await AlertDrills.RunAsync(args, Console.Out),
    ["town", .. var plots] => await TownProgram.RunAsync(plots),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int NumberOr(int usual, string[] words) => words.Length == 0 ? usual : Number(words[0]);

static TimeSpan SecondsOr(int usual, string[] words) => TimeSpan.FromSeconds(NumberOr(usual, words));

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
