using System.Globalization;

namespace AliveMcp.Bench.PublicReads;

/// <summary>
/// P6: requests a second of the embed answer, the badge and the status page, whole and as 304, against an empty endpoint of the same server
/// that answers constant bytes of the same size, by turns; and how many statements warm reads cost.
/// </summary>
internal static class PublicReadBench
{
    private const double WholeGoal = 0.8;
    private const double HeldGoal = 0.9;

    /// <param name="rounds">Of each read; the median counts.</param>
    /// <param name="seconds">Of each run of the load generator.</param>
    /// <param name="output">Told.</param>
    public static async Task<int> RunAsync(int rounds, int seconds, TextWriter output)
    {
        await using var site = BenchChild.Start("read-site");
        var said = (await site.HearAsync()).Split(' ');
        var (url, paths) = (new Uri(said[0]), said[1..]);
        var statements = await WarmUpAsync(site, [.. paths.Select(path => new Uri(url, path))]);
        output.WriteLine($"{statements} statements while {paths.Length} warm reads were asked for a second each");
        var (whole, held) = (double.MaxValue, double.MaxValue);
        for (var place = 0; place < paths.Length; place++)
        {
            var read = new Uri(url, paths[place]);
            var pairs = new RunPairs(site, read, rounds, seconds, output);
            whole = Math.Min(whole, await pairs.CompareAsync(new(url, ReadSite.Empty(place)), held: null));
            held = Math.Min(held, await pairs.CompareAsync(new(url, ReadSite.EmptyHeld), await TagAsync(read)));
        }

        var met = whole >= WholeGoal && held >= HeldGoal && statements == 0;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"p6 {whole:0.00} of an empty endpoint, 304 {held:0.00}, {statements} statements; goal {WholeGoal:0.0}, {HeldGoal:0.0}, 0 {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }

    /// <returns>Statements sent meanwhile.</returns>
    private static async Task<int> WarmUpAsync(BenchChild site, IReadOnlyList<Uri> reads)
    {
        var before = await Spent.OfAsync(site);
        foreach (var read in reads)
        {
            await Wrk.RunAsync(read, held: null, seconds: 1);
        }

        return (await Spent.OfAsync(site)).Statements - before.Statements;
    }

    private static async Task<string> TagAsync(Uri read)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        using var answer = await client.GetAsync(read);
        return answer.EnsureSuccessStatusCode().Headers.ETag!.ToString();
    }
}
