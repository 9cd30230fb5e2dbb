namespace AliveMcp.Bench.ProbeCost;

/// <summary>Measures contenders by turns, so that a busy moment of the machine strikes all of them.</summary>
/// <param name="looks">Of one contender in one round.</param>
/// <param name="atOnce">Looks that are under way together.</param>
internal sealed class Rounds(TimeProvider clock, int looks, int rounds, int atOnce)
{
    // The runtime compiles hot code anew in the background; it has to be through with that.
    private const int WarmUp = 5;

    public async Task<IReadOnlyDictionary<string, Cost>> RunAsync(IReadOnlyList<Contender> contenders)
    {
        foreach (var contender in contenders)
        {
            await RepeatAsync(contender, looks * WarmUp);
        }

        var measured = contenders.ToDictionary(contender => contender.Name, _ => new List<Cost>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                measured[contender.Name].Add(await MeasureAsync(contender));
            }
        }

        return measured.ToDictionary(costs => costs.Key, costs => Cost.Median(costs.Value));
    }

    private async Task<Cost> MeasureAsync(Contender contender)
    {
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var began = clock.GetTimestamp();
        await RepeatAsync(contender, looks);
        var wall = clock.GetElapsedTime(began);
        return new Cost(
            (Environment.CpuUsage.TotalTime - cpu) / looks,
            wall / looks,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / looks
        );
    }

    private Task RepeatAsync(Contender contender, int times) =>
        Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => LoopAsync(contender, times / atOnce)));

    private static async Task LoopAsync(Contender contender, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await contender.LookAsync();
        }
    }
}
