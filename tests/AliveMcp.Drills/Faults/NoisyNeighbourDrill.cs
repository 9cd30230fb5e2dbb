using AliveMcp.Drills.Install;
using AliveMcp.Drills.Town;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Faults;

/// <summary>200 servers of one tenant hang beside 1,800 healthy ones of another, on one prober: none of the 1,800 may lose a minute or be looked at late.</summary>
internal static class NoisyNeighbourDrill
{
    private const int Healthy = 1_800;
    private const int Hanging = 200;
    private const int Minutes = 3;

    public static async Task<int> RunAsync(TextWriter output)
    {
        var (quiet, noisy) = (new Plot(Manner.Healthy, 40), new Plot(Manner.Hanging, 10));
        await using var install = await DrillInstall.CreateAsync("local");
        await using var town = await Townsfolk.SettleAsync("local", quiet, noisy);
        var (_, desk) = await install.StartHostAsync("all");
        install.StartProber("local", desk);
        await install.WatchAsync(quiet, town.Port, 1, Healthy, TenantId.Local);
        await install.WatchAsync(noisy, town.Port, Healthy + 1, Hanging, await install.AddTenantAsync(77));
        var first = await Warmth.ReachAsync(install, Healthy);
        await Waiting.UntilAsync(first.Start);
        await town.ClearAsync();
        await Waiting.UntilAsync((first + Minutes).Start);
        var late = await town.TellAsync();
        await Waiting.UntilAsync((first + Minutes).Start + TimeSpan.FromSeconds(100));

        var last = first + (Minutes - 1);
        var good = await install.Minutes.CountAsync(1, Healthy, first, last);
        var bad = await install.Minutes.CountAsync(Healthy + 1, Hanging, first, last);
        var lost = (Healthy * Minutes) - good.Live;
        output.WriteLine(
            $"healthy: {good.Live} of {Healthy * Minutes} minutes live, {good.Unknown} unknown; 99 of 100 probes within {late.Nearly} ms of their time"
        );
        output.WriteLine($"hanging: {bad.All} minutes, {bad.Down} down, {bad.Unknown} unknown");
        var met = lost == 0 && late.Nearly <= 2_000;
        output.WriteLine($"noisy-neighbour {lost} minutes lost; goal 0 {(met ? "ok" : "short")}");
        return 0;
    }
}
