using System.Globalization;
using AliveMcp.Probing;

namespace AliveMcp.Bench.ProbeCost;

/// <summary>
/// P1: what one full probe of a healthy server costs in CPU (fresh connection; handshake, initialized, a list of twelve tools, validation, two
/// hashes), against the official SDK's connect and list, and against one request of prometheus-blackbox-exporter; same target, same run, by turns.
/// This process waits for sockets as a prober does; a second one, which only compares, as any program does.
/// </summary>
internal static class ProbeCostBench
{
    /// <summary>Of the SDK client's CPU.</summary>
    private const double Goal = 0.35;

    private const int Looks = 400;

    private const int Turns = 9;

    private const int Crowd = 16;

    public static async Task<int> RunAsync(TextWriter output)
    {
        SocketThreads.Inline();
        await using var child = BenchChild.Start("target");
        var target = new Uri(await child.HearAsync());

        var (ours, ratio) = await OneByOneAsync(target, output);
        await ManyAtOnceAsync(target, output);
        await TellPlainAsync(target, ours, output);

        var met = ratio <= Goal;
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"P1 {ratio:0.00} {Goal:0.00} {(met ? "ok" : "short")}")
        );
        return 0;
    }

    /// <summary>Us and the SDK alone, in a process that waits for sockets as the platform does by itself. The first line is the SDK's CPU in microseconds.</summary>
    public static async Task<int> ComparePlainlyAsync(Uri target, TextWriter output)
    {
        Contender[] contenders = [await Contenders.ProbeAsync(target), Contenders.Sdk(target)];
        var costs = await new Rounds(TimeProvider.System, Looks, Turns, atOnce: 1).RunAsync(contenders);
        output.WriteLine(costs[contenders[1].Name].Cpu.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture));
        Title(output, "one at a time, as any program runs");
        TellAll(output, costs);
        TellRatio(output, costs, contenders[1]);
        return 0;
    }

    private static async Task TellPlainAsync(Uri target, Cost ours, TextWriter output)
    {
        await using var plain = BenchChild.Start("p1-plain", target.AbsoluteUri);
        var sdk = double.Parse(await plain.HearAsync(), CultureInfo.InvariantCulture);
        output.Write(await plain.HearOutAsync());
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"our probe as the prober runs / official SDK client as any program runs: {ours.Cpu.TotalMicroseconds / sdk:0.00}"
            )
        );
    }

    private static async Task<(Cost Ours, double Ratio)> OneByOneAsync(Uri target, TextWriter output)
    {
        Contender[] contenders =
        [
            await Contenders.ProbeAsync(target),
            Contenders.Sdk(target),
            Contenders.SparedSdk(target),
            Contenders.Exchanges(target),
            await Contenders.HashesAsync(target),
            await Contenders.LongProbeAsync(target),
        ];
        var costs = await new Rounds(TimeProvider.System, Looks, Turns, atOnce: 1).RunAsync(contenders);
        Title(output, "one at a time, as the prober runs");
        TellAll(output, costs);

        var ours = costs[contenders[0].Name];
        var parts = costs[contenders[3].Name].Cpu + costs[contenders[4].Name].Cpu;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"of our probe: exchanges and hashes {parts / ours.Cpu:P0}, the rest (steps, limits, guard, validation, evidence) {1 - parts / ours.Cpu:P0}"
            )
        );
        TellAllocated(output, "8 KB list", ours, 40);
        TellAllocated(output, "76 KB list", costs[contenders[5].Name], 150);
        await TellBlackboxAsync(target, ours, output);
        return (ours, TellRatio(output, costs, contenders[1]));
    }

    private static async Task ManyAtOnceAsync(Uri target, TextWriter output)
    {
        Contender[] contenders =
        [
            await Contenders.ProbeAsync(target),
            Contenders.Sdk(target),
            Contenders.Exchanges(target),
        ];
        var costs = await new Rounds(TimeProvider.System, Looks, Turns, Crowd).RunAsync(contenders);
        Title(output, $"{Crowd} at a time, as the prober runs");
        TellAll(output, costs);
        TellRatio(output, costs, contenders[1]);
    }

    private static async Task TellBlackboxAsync(Uri target, Cost ours, TextWriter output)
    {
        await using var exporter = await BlackboxExporter.StartAsync(target);
        if (exporter is null)
        {
            output.WriteLine(
                "prometheus-blackbox-exporter: not installed, not compared (Debian has it under this name)"
            );
            return;
        }

        var cost = await exporter.MeasureAsync(Looks * Turns, TimeProvider.System);
        Tell(output, "blackbox exporter, 1 request", cost);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"our probe / blackbox exporter: {ours.Cpu / cost.Cpu:0.00} (goal 0.60)"
            )
        );
    }

    private static void Title(TextWriter output, string how) =>
        output.WriteLine(
            $"{how}: {Turns} rounds of {Looks} looks by turns, medians; {Target.Tools} tools, plain HTTP on loopback"
        );

    private static void TellAll(TextWriter output, IReadOnlyDictionary<string, Cost> costs)
    {
        foreach (var (name, cost) in costs)
        {
            Tell(output, name, cost);
        }
    }

    private static double TellRatio(TextWriter output, IReadOnlyDictionary<string, Cost> costs, Contender sdk)
    {
        var ratio = costs.First().Value.Cpu / costs[sdk.Name].Cpu;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"our probe / {sdk.Name}: {ratio:0.00}"));
        return ratio;
    }

    private static void TellAllocated(TextWriter output, string list, Cost cost, int goal) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"allocated per probe of the {list}, hashes included: {cost.Bytes / 1024.0:0.0} KiB (goal under {goal})"
            )
        );

    private static void Tell(TextWriter output, string name, Cost cost) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -30} {cost.Cpu.TotalMicroseconds, 8:0} us cpu {cost.Wall.TotalMicroseconds, 8:0} us wall {(cost.Bytes is { } bytes ? $"{bytes / 1024.0, 8:0.0} KiB" : "")}"
            )
        );
}
