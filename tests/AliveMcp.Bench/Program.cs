using AliveMcp.Bench.FirstVerdict;
using AliveMcp.Bench.ProbeCost;
using AliveMcp.Bench.Zoo;

// The figures that docs/performance.md tells, each by name; the last line of each is: name, value, goal, ok or short.
return args switch
{
    ["p1"] => await ProbeCostBench.RunAsync(Console.Out),
    ["p9"] => await FirstVerdictBench.RunAsync(Console.Out),
    ["zoo"] => await ZooBench.RunAsync(Console.Out),
    ["target"] => await Target.RunAsync(),
    ["noop"] => await NoOp.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/AliveMcp.Bench -- p1|p9|zoo");
    return 2;
}
