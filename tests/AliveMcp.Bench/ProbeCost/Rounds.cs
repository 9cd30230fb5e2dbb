namespace AliveMcp.Bench.ProbeCost;

/// <summary>Measures warm contenders by turns, so that a busy moment of the machine strikes all of them.</summary>
/// <param name="looks">Of one contender in one round.</param>
/// <param name="atOnce">Looks that are under way together.</param>
internal sealed class Rounds(TimeProvider clock, int looks, int rounds, int atOnce)
{
    public async Task<IReadOnlyDictionary<string, Cost>> RunAsync(IReadOnlyList<Contender> contenders)
    {
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
        await Crowd.LookAsync(contender, looks, atOnce);
        var wall = clock.GetElapsedTime(began);
        return new Cost(
            (Environment.CpuUsage.TotalTime - cpu) / looks,
            wall / looks,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / looks
        );
    }
}
