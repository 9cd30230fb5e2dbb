using AliveMcp.Drills.Install;

namespace AliveMcp.Drills.Faults;

/// <summary>One of three regions loses its own line to the world, so that everything seems down from there: nobody's server may go down for it, and the region falls into doubt.</summary>
internal static class OwnRegionOutageDrill
{
    private const int OutageMinutes = 4;

    public static async Task<int> RunAsync(TextWriter output)
    {
        await using var regions = await ThreeRegions.OpenAsync();
        var first = await Warmth.ReachAsync(regions.Install, ThreeRegions.Servers);
        await Waiting.UntilAsync(first.Start);
        await regions.Town.ShutAsync(ThreeRegions.SourceOf(1));
        await Waiting.UntilAsync((first + OutageMinutes).Start);
        await regions.Town.OpenAsync(ThreeRegions.SourceOf(1));
        var healed = first + (OutageMinutes + 2);
        await Waiting.UntilAsync(healed.Start + TimeSpan.FromSeconds(160));

        var during = await regions.Install.Minutes.CountAsync(
            1,
            ThreeRegions.Servers,
            first,
            first + (OutageMinutes - 1)
        );
        var settled = await regions.Install.Minutes.CountAsync(
            1,
            ThreeRegions.Servers,
            first + 2,
            first + (OutageMinutes - 1)
        );
        var after = await regions.Install.Minutes.CountAsync(1, ThreeRegions.Servers, healed, healed);
        output.WriteLine($"while {ThreeRegions.Names[1]} was cut off: {Told(during)}");
        output.WriteLine($"of these from the third minute on: {Told(settled)}");
        output.WriteLine($"when it was back: {Told(after)}");
        var met = during is { Down: 0, Unknown: 0 } && settled.Degraded == 0 && after.Live == ThreeRegions.Servers;
        output.WriteLine(
            $"own-region-outage {during.Down} down, {settled.Degraded} degraded once it was noticed; goal 0, 0 {(met ? "ok" : "short")}"
        );
        return 0;
    }

    private static string Told(MinuteCount count) =>
        $"{count.All} minutes, {count.Live} live, {count.Degraded} degraded, {count.Down} down, {count.Unknown} unknown";
}
