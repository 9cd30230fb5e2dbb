using System.Globalization;
using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Testing.Zoo;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Bench.Zoo;

/// <summary>Visits every animal of the zoo once and prints what the probe says of it and how long it took.</summary>
internal static class ZooBench
{
    private static readonly ProbeLimits Limits = new() { Total = TimeSpan.FromSeconds(10) };

    public static async Task<int> RunAsync(TextWriter output)
    {
        // No figure is of code that is being compiled.
        await VisitAsync(WireZoo.All[0]);
        var good = 0;
        foreach (var animal in WireZoo.All)
        {
            var (attempt, took) = await VisitAsync(animal);
            var right =
                attempt.State == animal.State && attempt.Why == animal.Why && attempt.FailedAt == animal.FailedAt;
            var ok = right && took <= animal.Budget;
            good += ok ? 1 : 0;
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{animal.Name, -58} {StateWords.Word(attempt.State), -8} {WhyWords.Word(attempt.Why) ?? "-", -20} {WhyWords.Layer(attempt.Why, attempt.FailedAt) ?? "-", -11} {took.TotalMilliseconds, 8:0.0} ms{(ok ? "" : right ? "  LATE" : "  WRONG")}"
                )
            );
        }

        var all = good == WireZoo.All.Count;
        await output.WriteLineAsync($"zoo {good} specimens {(all ? "ok" : "short")}");
        return all ? 0 : 1;
    }

    private static async Task<(ProbeAttempt Attempt, TimeSpan Took)> VisitAsync(Animal animal)
    {
        await using var cage = await animal.ReleaseAsync();
        var guard = new EgressGuard(new EgressOptions { Allow = animal.Allow });
        var probe = new ServerProbe(guard, TimeProvider.System)
        {
            ExtraRoots = cage.Root is { } root ? [root] : null,
            Resolve = animal.Resolve,
        };
        var order = animal.Order(new ProbeOrder { Url = cage.Url, Limits = Limits });
        var began = TimeProvider.System.GetTimestamp();
        var result = await probe.ProbeAsync(order, CancellationToken.None);
        return (result.Attempt, TimeProvider.System.GetElapsedTime(began));
    }
}
