using System.Globalization;
using AliveMcp.Bench.FirstVerdict;
using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Bench.InFlight;

/// <summary>
/// P3, the part of one probe: what a probe weighs while it waits. Two thousand are held open against servers that say nothing, and against
/// servers that open an event stream and say nothing on it; the growth of resident and managed memory, divided by their number.
/// </summary>
internal static class InFlightBench
{
    private const int Held = 2000;

    private const double GoalKiB = 60;

    public static async Task<int> RunAsync(TextWriter output)
    {
        SocketThreads.Inline();
        var worst = 0.0;
        for (var kind = 0; kind < 2; kind++)
        {
            await using var child = BenchChild.Start("silent");
            var port = int.Parse((await child.HearAsync()).Split(' ')[kind], CultureInfo.InvariantCulture);
            var (resident, managed) = await HoldAsync(child, port);
            // What the first kind left in the heap is room for the second one: its growth shows in the managed bytes alone.
            worst = Math.Max(worst, Math.Max(resident, managed));
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Held} probes held by {(kind == 0 ? "silence" : "a silent event stream")}: {resident:0.0} KiB resident, {managed:0.0} KiB managed each"
                )
            );
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"P3 {worst:0.0} {GoalKiB:0} {(worst <= GoalKiB ? "ok" : "short")}"
            )
        );
        return 0;
    }

    private static async Task<(double Resident, double Managed)> HoldAsync(BenchChild child, int port)
    {
        var probe = new ServerProbe(
            new EgressGuard(new EgressOptions { Allow = [$"127.0.0.1/32:{port}"] }),
            TimeProvider.System
        );
        var order = new ProbeOrder
        {
            Url = new Uri($"http://127.0.0.1:{port}/mcp"),
            Era = Era.Initialize,
            Limits = new ProbeLimits { Total = TimeSpan.FromMinutes(5) },
        };
        using var end = new CancellationTokenSource();
        // The first ones bring code and pools with them that the others share.
        var first = await LookAsync(probe, order, child, 100, 100, end.Token);
        var (residentBefore, managedBefore) = Weigh();
        var rest = await LookAsync(probe, order, child, Held, 100 + Held, end.Token);
        var (resident, managed) = Weigh();
        await end.CancelAsync();
        await Task.WhenAll(first.Concat(rest)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ((resident - residentBefore) / (double)Held, (managed - managedBefore) / (double)Held);
    }

    /// <summary>Starts so many probes and waits until the target has seen as many connections.</summary>
    private static async Task<List<Task>> LookAsync(
        ServerProbe probe,
        ProbeOrder order,
        BenchChild child,
        int count,
        int seen,
        CancellationToken end
    )
    {
        var looks = Enumerable.Range(0, count).Select(Task (_) => probe.ProbeAsync(order, end)).ToList();
        while (int.Parse(await child.AskAsync("seen"), CultureInfo.InvariantCulture) < seen)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }

        return looks;
    }

    private static (double Resident, double Managed) Weigh()
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true) / 1024.0;
        return (Memory.KiB(Environment.ProcessId), managed);
    }
}
