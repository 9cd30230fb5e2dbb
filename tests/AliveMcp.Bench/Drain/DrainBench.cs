using System.Globalization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Bench.Drain;

/// <summary>
/// P5: the real drain, from the sealed log in the embedded Redis-protocol server to rows in Postgres, against one binary COPY of the same
/// rows into the same table by the same role; then a backlog; then a minute over a month and over two years of history.
/// </summary>
internal static class DrainBench
{
    private const double Goal = 0.5;
    private const double BacklogGoal = 30;
    private const int FullSize = 50_000;
    private const int Rounds = 12;
    private const int WarmUps = 4;

    /// <param name="servers">A minute has so many.</param>
    /// <param name="backlog">Minutes that wait.</param>
    /// <param name="output">Told.</param>
    public static async Task<int> RunAsync(int servers, int backlog, TextWriter output)
    {
        var ratio = 0.0;
        var perMinute = 0.0;
        await using (var site = await DrainSite.OpenAsync(servers))
        {
            var first = MinuteStamp.Of(TimeProvider.System.GetUtcNow()) + -((2 * Rounds) + backlog + 10);
            await site.EnsureAsync(first, first + ((2 * Rounds) + backlog + 10));
            ratio = await CompareAsync(site, servers, first, output);
            perMinute = await BacklogAsync(site, first + ((2 * Rounds) + 4), backlog);
            output.WriteLine(
                Line(
                    $"a backlog of {backlog} minutes of {servers} servers: {perMinute:0} minutes of {FullSize} servers a minute"
                )
            );
        }

        var flat = await FlatHistory.RunAsync(Math.Min(servers, 10_000), output);
        var met = ratio >= Goal && perMinute >= BacklogGoal && flat <= FlatHistory.Goal;
        output.WriteLine(
            Line(
                $"p5 {ratio:0.00} of COPY {Goal:0.0}, {perMinute:0} minutes a minute {BacklogGoal:0}, {flat:0.00} over 24 months {FlatHistory.Goal:0.00} {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }

    private static async Task<double> CompareAsync(DrainSite site, int servers, MinuteStamp first, TextWriter output)
    {
        var (drained, copied) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var minute = first + (2 * round);
            await site.SealAsync(minute);
            var drain = await site.DrainAsync(1);
            var copy = await site.CopyAsync(minute, minute + 1);
            output.WriteLine(
                Line(
                    $"drain {drain.Rate / 1000:0.0} k rows/s, COPY {copy.Rate / 1000:0.0} k rows/s: {drain.Rate / copy.Rate:0.00}; CPU of a row: drain {drain.Cost.Each(servers)}; COPY {copy.Cost.Each(servers)}"
                )
            );
            // The first rounds warm all three up: the runtime compiles hot code anew in the meantime.
            if (round >= WarmUps)
            {
                drained.Add(drain.Rate);
                copied.Add(copy.Rate);
            }
        }

        return Median(drained) / Median(copied);
    }

    private static async Task<double> BacklogAsync(DrainSite site, MinuteStamp from, int minutes)
    {
        for (var place = 0; place < minutes; place++)
        {
            await site.SealAsync(from + place);
        }

        return (await site.DrainAsync(minutes)).Rate * 60 / FullSize;
    }

    internal static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
