using System.Globalization;

namespace AliveMcp.Bench.PublicReads;

/// <summary>Runs of one read and of an empty endpoint by turns: the two of a pair shared the machine with the same others.</summary>
internal sealed class RunPairs(BenchChild site, Uri read, int rounds, int seconds, TextWriter output)
{
    /// <summary>One run, and what it cost the server.</summary>
    private sealed record Side(Wrk.Run Run, double Cpu);

    /// <param name="empty">The empty endpoint.</param>
    /// <param name="held">The tag that an asker holds; null to ask for the whole.</param>
    /// <returns>Requests a second of the read, as a part of the empty endpoint's; the median of the pairs.</returns>
    public async Task<double> CompareAsync(Uri empty, string? held)
    {
        var (ours, theirs) = (new List<Side>(), new List<Side>());
        for (var round = 0; round < rounds; round++)
        {
            theirs.Add(await RunAsync(empty, held));
            ours.Add(await RunAsync(read, held));
        }

        var ratio = Median(ours.Zip(theirs, (our, their) => our.Run.Rate / their.Run.Rate));
        output.WriteLine(
            $"{read.AbsolutePath, -38} {(held is null ? "whole" : "304"), -5} {Told(ours)}; empty {Told(theirs)}: {Two(ratio)}"
        );
        return ratio;
    }

    private async Task<Side> RunAsync(Uri url, string? held)
    {
        var before = await Spent.OfAsync(site);
        var run = await Wrk.RunAsync(url, held, seconds);
        var after = await Spent.OfAsync(site);
        return new(run, (after.Cpu - before.Cpu) / (run.Rate * seconds));
    }

    private static string Told(List<Side> sides) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(sides.Select(side => side.Run.Rate)) / 1000:0.0} k/s, p99 {Median(sides.Select(side => side.Run.P99Ms)):0.0} ms, {Median(sides.Select(side => side.Cpu)):0.0} us of CPU"
        );

    private static string Two(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
