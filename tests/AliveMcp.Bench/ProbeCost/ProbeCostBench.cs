using System.Diagnostics;
using System.Globalization;

namespace AliveMcp.Bench.ProbeCost;

/// <summary>
/// P1: what one full probe of a healthy server costs in CPU (fresh connection; handshake, initialized, a list of twelve tools, validation, two
/// hashes), against the official SDK's connect and list, and against one request of prometheus-blackbox-exporter; same target, same run, by turns.
/// </summary>
internal static class ProbeCostBench
{
    /// <summary>Of the SDK client's CPU.</summary>
    private const double Goal = 0.35;

    private const int Looks = 400;

    private const int Turns = 9;

    public static async Task<int> RunAsync(TextWriter output)
    {
        using var process = StartTarget();
        var target = new Uri((await process.StandardOutput.ReadLineAsync())!);
        try
        {
            return await CompareAsync(target, output);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<int> CompareAsync(Uri target, TextWriter output)
    {
        var contenders = new[]
        {
            Contenders.Probe(target),
            Contenders.Sdk(target),
            Contenders.SparedSdk(target),
            Contenders.Exchanges(target),
            await Contenders.HashesAsync(target),
        };
        var costs = await new Rounds(TimeProvider.System, Looks, Turns).RunAsync(contenders);
        var ours = costs[contenders[0].Name];
        var sdk = costs[contenders[1].Name];

        output.WriteLine(
            $"{Turns} rounds of {Looks} looks by turns, medians; {Target.Tools} tools, plain HTTP on loopback"
        );
        foreach (var (name, cost) in costs)
        {
            Tell(output, name, cost);
        }

        var parts = costs[contenders[3].Name].Cpu + costs[contenders[4].Name].Cpu;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"of our probe: exchanges and hashes {parts / ours.Cpu:P0}, the rest (steps, limits, guard, validation, evidence) {1 - parts / ours.Cpu:P0}"
            )
        );
        await TellBlackboxAsync(target, ours, output);

        var ratio = ours.Cpu / sdk.Cpu;
        var met = ratio <= Goal;
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"P1 {ratio:0.00} {Goal:0.00} {(met ? "ok" : "short")}")
        );
        return 0;
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

    private static void Tell(TextWriter output, string name, Cost cost) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -30} {cost.Cpu.TotalMicroseconds, 8:0} us cpu {cost.Wall.TotalMicroseconds, 8:0} us wall {(cost.Bytes is { } bytes ? $"{bytes / 1024.0, 8:0.0} KiB" : "")}"
            )
        );

    private static Process StartTarget() =>
        Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(ProbeCostBench).Assembly.Location, "target"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
}
