using System.Globalization;
using AliveMcp.Bench.ArchiveReads;
using AliveMcp.Bench.Backup;
using AliveMcp.Bench.Drain;
using AliveMcp.Bench.FirstVerdict;
using AliveMcp.Bench.InFlight;
using AliveMcp.Bench.ProbeCost;
using AliveMcp.Bench.PublicReads;
using AliveMcp.Bench.Scripts;
using AliveMcp.Bench.Soak;
using AliveMcp.Bench.Stored;
using AliveMcp.Bench.Zoo;

// The figures that docs/performance.md tells, each by name; the last line of each is: name, value, goal, ok or short.
return args switch
{
    ["p1"] => await ProbeCostBench.RunAsync(Console.Out),
    ["p1-plain", var target] => await ProbeCostBench.ComparePlainlyAsync(new Uri(target), Console.Out),
    ["p3"] => await InFlightBench.RunAsync(Console.Out),
    ["p4"] => await ScriptBench.RunAsync(Console.Out),
    ["p5"] => await DrainBench.RunAsync(50_000, 10, Console.Out),
    ["p5", var servers, var backlog] => await DrainBench.RunAsync(Number(servers), Number(backlog), Console.Out),
    ["p6"] => await PublicReadBench.RunAsync(rounds: 7, seconds: 2, Console.Out),
    ["p6", "--small"] => await PublicReadBench.RunAsync(rounds: 3, seconds: 1, Console.Out),
    ["p7"] => await ArchiveReadBench.RunAsync(1_000, Console.Out),
    ["p7", var servers] => await ArchiveReadBench.RunAsync(Number(servers), Console.Out),
    ["read-site"] => await ReadSite.RunAsync(),
    ["backup", var servers, var days] => await BackupBench.RunAsync(Number(servers), Number(days), Console.Out),
    ["p9"] => await FirstVerdictBench.RunAsync(Console.Out),
    ["p10"] => await StoredBench.RunAsync(servers: 60, days: 60, Console.Out),
    ["p10", "--small"] => await StoredBench.RunAsync(servers: 6, days: 40, Console.Out),
    ["p10-close"] => await CloseBench.RunAsync(50_000, Console.Out),
    ["p10-close", var servers] => await CloseBench.RunAsync(Number(servers), Console.Out),
    ["zoo"] => await ZooBench.RunAsync(Console.Out),
    ["soak", .. var how] when SoakOptions.Read(how) is { } options => await SoakBench.RunAsync(options, Console.Out),
    ["target"] => await Target.RunAsync(),
    ["silent"] => await SilentTarget.RunAsync(),
    ["cages"] => await Cages.RunAsync(),
    ["noop"] => await NoOp.RunAsync(),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project tests/AliveMcp.Bench -- p1|p3|p4|p5 [servers minutes]|p6 [--small]|p7 [servers]|p9|p10 [--small]|p10-close [servers]|zoo|soak [--probes N] [--minutes M]"
    );
    return 2;
}
