using System.Globalization;
using AliveMcp.Probing;

namespace AliveMcp.Bench.ProbeCost;

/// <summary>
/// P1: what one full probe of a healthy server costs in CPU (fresh connection; handshake, initialized, a list of twelve tools, validation, two
/// hashes), against the official SDK's connect and list, and against one request of prometheus-blackbox-exporter; same target, same run, by turns,
/// all of them warm. The gate is the ratio under the settings of a prober and with as many looks under way as a prober has; beside it stand the
/// ratio of one look at a time, and both in a second process that runs as any program does.
/// </summary>
internal static class ProbeCostBench
{
    /// <summary>Of the SDK client's CPU.</summary>
    private const double Goal = 0.35;

    private const int Looks = 400;

    private const int Turns = 9;

    private const int AtOnce = 16;

    public static async Task<int> RunAsync(TextWriter output)
    {
        SocketThreads.Inline();
        await using var child = BenchChild.Start("target");
        var target = new Uri(await child.HearAsync());
        Contender[] contenders =
        [
            await Contenders.ProbeAsync(target),
            Contenders.Sdk(target),
            Contenders.Exchanges(target),
            await Contenders.HashesAsync(target),
            Contenders.SparedSdk(target),
            await Contenders.LongProbeAsync(target),
        ];
        var warm = await new WarmUp(TimeProvider.System, AtOnce).RunAsync(contenders);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Target.Tools} tools, plain HTTP on loopback; CPU of the looking process; each contender warmed by {warm} looks; medians of {Turns} rounds by turns"
            )
        );

        var crowd = await new Rounds(TimeProvider.System, Looks * 4, Turns, AtOnce).RunAsync(contenders[..5]);
        var ratio = TellCrowd(output, contenders, crowd);
        var single = await new Rounds(TimeProvider.System, Looks, Turns, atOnce: 1).RunAsync(contenders);
        TellSingle(output, contenders, single);
        await TellBlackboxAsync(target, crowd[contenders[0].Name], single[contenders[0].Name], output);
        await TellPlainAsync(target, crowd[contenders[0].Name], output);

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"P1 {ratio:0.00} {Goal:0.00} {(ratio <= Goal ? "ok" : "short")}"
            )
        );
        return 0;
    }

    /// <summary>Us and the SDK alone, in a process that waits for sockets as the platform does by itself. The first line is the SDK's CPU in microseconds.</summary>
    public static async Task<int> ComparePlainlyAsync(Uri target, TextWriter output)
    {
        Contender[] contenders = [await Contenders.ProbeAsync(target), Contenders.Sdk(target)];
        await new WarmUp(TimeProvider.System, AtOnce).RunAsync(contenders);
        var crowd = await new Rounds(TimeProvider.System, Looks * 4, Turns, AtOnce).RunAsync(contenders);
        var single = await new Rounds(TimeProvider.System, Looks, Turns, atOnce: 1).RunAsync(contenders);
        output.WriteLine(crowd[contenders[1].Name].Cpu.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture));
        output.WriteLine($"as any program runs, {AtOnce} at a time");
        TellAll(output, crowd);
        TellRatio(output, "", crowd, contenders[1]);
        output.WriteLine("as any program runs, one at a time");
        TellAll(output, single);
        TellRatio(output, "", single, contenders[1]);
        return 0;
    }

    private static double TellCrowd(TextWriter output, Contender[] contenders, IReadOnlyDictionary<string, Cost> costs)
    {
        output.WriteLine($"as the prober runs, {AtOnce} at a time");
        TellAll(output, costs);
        var parts = costs[contenders[2].Name].Cpu + costs[contenders[3].Name].Cpu;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"three bare exchanges and the list parsed and hashed are {parts / costs[contenders[0].Name].Cpu:0.00} of our probe, {parts / costs[contenders[1].Name].Cpu:0.00} of the SDK client"
            )
        );
        TellRatio(output, "", costs, contenders[4]);
        return TellRatio(output, " (the gate: same settings, same run)", costs, contenders[1]);
    }

    private static void TellSingle(TextWriter output, Contender[] contenders, IReadOnlyDictionary<string, Cost> costs)
    {
        output.WriteLine("as the prober runs, one at a time");
        TellAll(output, costs);
        TellAllocated(output, "8 KB list", costs[contenders[0].Name], 40);
        TellAllocated(output, "76 KB list", costs[contenders[5].Name], 150);
        TellRatio(output, "", costs, contenders[1]);
    }

    private static async Task TellPlainAsync(Uri target, Cost ours, TextWriter output)
    {
        await using var plain = BenchChild.Start("p1-plain", target.AbsoluteUri);
        var sdk = double.Parse(await plain.HearAsync(), CultureInfo.InvariantCulture);
        output.Write(await plain.HearOutAsync());
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"our probe as the prober runs / official SDK client as any program runs, {AtOnce} at a time: {ours.Cpu.TotalMicroseconds / sdk:0.00}"
            )
        );
    }

    private static async Task TellBlackboxAsync(Uri target, Cost crowd, Cost single, TextWriter output)
    {
        await using var exporter = await BlackboxExporter.StartAsync(target);
        if (exporter is null)
        {
            output.WriteLine(
                "prometheus-blackbox-exporter: not installed, not compared (Debian has it under this name)"
            );
            return;
        }

        foreach (var (ours, atOnce) in new[] { (crowd, AtOnce), (single, 1) })
        {
            var cost = await exporter.MeasureAsync(Looks * Turns, atOnce, TimeProvider.System);
            Tell(output, "blackbox exporter, 1 request", cost);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"our probe / blackbox exporter, {atOnce} at a time: {ours.Cpu / cost.Cpu:0.00} (goal 0.60)"
                )
            );
        }
    }

    private static void TellAll(TextWriter output, IReadOnlyDictionary<string, Cost> costs)
    {
        foreach (var (name, cost) in costs)
        {
            Tell(output, name, cost);
        }
    }

    private static double TellRatio(
        TextWriter output,
        string note,
        IReadOnlyDictionary<string, Cost> costs,
        Contender sdk
    )
    {
        var ratio = costs.First().Value.Cpu / costs[sdk.Name].Cpu;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"our probe / {sdk.Name}: {ratio:0.00}{note}"));
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
