namespace AliveMcp.Bench.ProbeCost;

/// <summary>Measures contenders by turns, so that a busy moment of the machine strikes all of them.</summary>
internal sealed class Rounds(TimeProvider clock, int looks, int rounds)
{
    public async Task<IReadOnlyDictionary<string, Cost>> RunAsync(IReadOnlyList<Contender> contenders)
    {
        foreach (var contender in contenders)
        {
            await RepeatAsync(contender, looks * 3);
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

    private static async Task RepeatAsync(Contender contender, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await contender.LookAsync();
        }
    }
}
