using System.Globalization;
using AliveMcp.Drills.Faults;
using AliveMcp.Drills.FiftyThousand;
using AliveMcp.Drills.Town;

// Faults and load on the real processes, each by name; the last line of each is: name, figures, ok or short.
return args switch
{
    ["fifty-thousand"] => await FiftyThousandDrill.RunAsync(50_000, 3, Console.Out),
    ["fifty-thousand", var servers, var minutes] => await FiftyThousandDrill.RunAsync(
        int.Parse(servers, CultureInfo.InvariantCulture),
        int.Parse(minutes, CultureInfo.InvariantCulture),
        Console.Out
    ),
    ["scheduler-failover"] => await SchedulerFailoverDrill.RunAsync(Console.Out),
    ["own-region-outage"] => await OwnRegionOutageDrill.RunAsync(Console.Out),
    ["partition"] => await PartitionDrill.RunAsync(Console.Out),
    ["noisy-neighbour"] => await NoisyNeighbourDrill.RunAsync(Console.Out),
    ["runaway-tenant"] => await RunawayTenantDrill.RunAsync(Console.Out),
    ["town", .. var plots] => await TownProgram.RunAsync(plots),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project tests/AliveMcp.Drills -- "
            + "fifty-thousand [servers minutes]|noisy-neighbour|runaway-tenant|partition|own-region-outage|scheduler-failover"
    );
    return 2;
}
