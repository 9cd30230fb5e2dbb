namespace AliveMcp.Bench.ProbeCost;

/// <summary>
/// Looks that are not counted, until the runtime is through with compiling hot code anew: before that, code that counts its own calls is measured.
/// A prober is there after some minutes and stays there.
/// </summary>
internal sealed class WarmUp(TimeProvider clock, int atOnce)
{
    // A third fewer give the same figures.
    private const int Looks = 30_000;

    private const int Batch = 1_600;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    /// <summary>Warms each contender by as many looks as the others, unless time runs out.</summary>
    /// <returns>The looks of the one that had fewest.</returns>
    public async Task<int> RunAsync(IEnumerable<Contender> contenders)
    {
        var fewest = int.MaxValue;
        foreach (var contender in contenders)
        {
            var made = 0;
            for (var began = clock.GetTimestamp(); made < Looks && clock.GetElapsedTime(began) < Longest; made += Batch)
            {
                await Crowd.LookAsync(contender, Batch, atOnce);
            }

            fewest = Math.Min(fewest, made);
        }

        return fewest;
    }
}
