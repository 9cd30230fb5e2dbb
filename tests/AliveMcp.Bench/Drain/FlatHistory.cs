using System.Globalization;
using AliveMcp.Testing.History;
using AliveMcp.Vocabulary;

namespace AliveMcp.Bench.Drain;

/// <summary>What a drained minute costs over one month and over 24 months of other servers' history, by turns.</summary>
internal static class FlatHistory
{
    /// <summary>As many times as much, at most: one and the spread of two runs beside each other.</summary>
    public const double Goal = 1.15;

    private const int Rounds = 9;
    private const int Told = 100;
    private const int FirstTold = 1_000_001;

    public static async Task<double> RunAsync(int servers, TextWriter output)
    {
        await using var month = await DrainSite.OpenAsync(servers);
        await using var years = await DrainSite.OpenAsync(servers);
        var now = MinuteStamp.Of(TimeProvider.System.GetUtcNow()) + -(Rounds + 2);
        var young = await WriteAsync(month, now, days: 30);
        var old = await WriteAsync(years, now, days: 730);
        var (one, other) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var short1 = await DrainAsync(month, now + round, servers);
            var long1 = await DrainAsync(years, now + round, servers);
            if (round > 0)
            {
                one.Add(short1);
                other.Add(long1);
            }
        }

        var (each, eachLater) = (DrainBench.Median(one), DrainBench.Median(other));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"a minute of {servers} servers over {young} rows of one month: {each:0.0} us of CPU a row; over {old} rows of 24 months: {eachLater:0.0} us"
            )
        );
        return eachLater / each;
    }

    private static async Task<double> DrainAsync(DrainSite site, MinuteStamp minute, int servers)
    {
        await site.SealAsync(minute);
        var (_, cost) = await site.DrainAsync(1);
        return cost.All * 1000 / servers;
    }

    /// <summary>Up to a closed hour well before the minutes that are drained.</summary>
    private static async Task<long> WriteAsync(DrainSite site, MinuteStamp now, int days)
    {
        var shape = new HistoryShape { Until = now, Days = days };
        var stories = new Storyteller(shape).Tell(TenantId.Local, FirstTold, Told).ToList();
        var written = await new HistoryWriter(site.Storage.Doors).WriteAsync(stories, CancellationToken.None);
        await site.EnsureAsync(now, now + (Rounds + 2));
        return written.Days + written.Hours + written.Minutes;
    }
}
