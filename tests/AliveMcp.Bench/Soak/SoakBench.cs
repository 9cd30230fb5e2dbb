using System.Globalization;
using AliveMcp.Probing;
using AliveMcp.Testing.Zoo;

namespace AliveMcp.Bench.Soak;

/// <summary>
/// Probes every animal of the zoo again and again, many at once, and looks at intervals at what the process still holds:
/// a leak of one socket, timer or byte in a probe shows as a slope.
/// </summary>
internal static class SoakBench
{
    private const int AtOnce = 64;
    private const int Intervals = 10;

    // For 100,000 probes. A leak of 100 bytes in a probe is 10 MiB.
    private const double CountGoal = 10;
    private const double MemoryGoalMiB = 5;

    // How far pools and collector wander without a leak, whatever the number of probes.
    private const double CountWander = 16;
    private const double HeapWanderMiB = 48;
    private const double ResidentWanderMiB = 96;

    public static async Task<int> RunAsync(SoakOptions options, TextWriter output)
    {
        SocketThreads.Inline();
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var interval = Math.Max(AtOnce, options.Probes / Intervals);
        var taken = new List<Vitals>();
        for (var done = 0; done < options.Probes && clock.GetElapsedTime(began) < options.Time; )
        {
            await VisitAllAsync(done, interval);
            done += interval;
            taken.Add(Vitals.Take(done));
            Tell(output, taken[^1], clock.GetElapsedTime(began));
        }

        return Judge(output, taken);
    }

    private static async Task VisitAllAsync(int from, int count)
    {
        // The zoo remembers what it was asked; new cages for each interval keep it from filling its memory.
        await using var child = BenchChild.Start("cages");
        var visits = await OpenAsync(child);
        var next = from - 1;
        await Task.WhenAll(
            Enumerable
                .Range(0, AtOnce)
                .Select(async _ =>
                {
                    for (int number; (number = Interlocked.Increment(ref next)) < from + count; )
                    {
                        await visits.VisitAsync(number);
                    }
                })
        );
    }

    private static async Task<Visits> OpenAsync(BenchChild child)
    {
        var visits = new Visits();
        while (await child.HearAsync() is { Length: > 0 } line)
        {
            var (number, url) = (line.Split(' ')[0], line.Split(' ')[1]);
            visits.Add(WireZoo.All[int.Parse(number, CultureInfo.InvariantCulture)], new Uri(url));
        }

        return visits;
    }

    private static int Judge(TextWriter output, List<Vitals> taken)
    {
        // The first third warms up: code, pools and the caches of the platform.
        var settled = taken.Skip(taken.Count / 3).ToList();
        if (settled.Count < 3)
        {
            output.WriteLine("soak: the time was up before there was anything to compare; give it more --minutes");
            return 1;
        }

        var sockets = Slope(settled, vitals => vitals.Sockets);
        var timers = Slope(settled, vitals => vitals.Timers);
        var heap = Slope(settled, vitals => vitals.HeapMiB);
        var resident = Slope(settled, vitals => vitals.ResidentMiB);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"slope for 100,000 probes: {sockets:0.0} sockets, {timers:0.0} timers, {Slope(settled, vitals => vitals.Threads):0.0} threads, {heap:0.00} MiB heap, {resident:0.0} MiB resident"
            )
        );
        var span = (settled[^1].Probes - settled[0].Probes) / 100_000.0;
        var ok =
            sockets * span <= CountWander + CountGoal * span
            && timers * span <= CountWander + CountGoal * span
            && heap * span <= HeapWanderMiB + MemoryGoalMiB * span
            && resident * span <= ResidentWanderMiB + MemoryGoalMiB * span;
        output.WriteLine($"soak {taken[^1].Probes} probes {(ok ? "ok" : "short")}");
        return 0;
    }

    /// <summary>Least squares, for 100,000 probes.</summary>
    private static double Slope(List<Vitals> taken, Func<Vitals, double> measure)
    {
        var x = taken.Average(vitals => vitals.Probes);
        var y = taken.Average(measure);
        return 100_000
            * taken.Sum(vitals => (vitals.Probes - x) * (measure(vitals) - y))
            / taken.Sum(vitals => Math.Pow(vitals.Probes - x, 2));
    }

    private static void Tell(TextWriter output, Vitals vitals, TimeSpan elapsed) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{vitals.Probes, 9} probes {elapsed.TotalSeconds, 6:0} s {vitals.Sockets, 5} sockets {vitals.Timers, 5} timers {vitals.Threads, 4} threads {vitals.HeapMiB, 7:0.0} MiB heap {vitals.ResidentMiB, 7:0.0} MiB resident"
            )
        );
}
