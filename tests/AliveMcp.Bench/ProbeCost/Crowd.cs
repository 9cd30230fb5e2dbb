namespace AliveMcp.Bench.ProbeCost;

/// <summary>Many looks, some of them under way together.</summary>
internal static class Crowd
{
    public static Task LookAsync(Contender contender, int looks, int atOnce) =>
        Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => LoopAsync(contender, looks / atOnce)));

    private static async Task LoopAsync(Contender contender, int looks)
    {
        for (var i = 0; i < looks; i++)
        {
            await contender.LookAsync();
        }
    }
}
