using AliveMcp.Drills.Install;

namespace AliveMcp.Drills.Faults;

/// <summary>
/// Regions are cut off from the desk, one after the other and two at once, and come back: every minute is sealed once with what the others
/// say, nothing is down, nothing that was archived changes.
/// </summary>
internal static class PartitionDrill
{
    public static async Task<int> RunAsync(TextWriter output)
    {
        await using var regions = await ThreeRegions.OpenAsync();
        var first = await Warmth.ReachAsync(regions.Install, ThreeRegions.Servers);
        await Waiting.UntilAsync(first.Start);
        regions.Lines[0].Cut();
        await Waiting.UntilAsync((first + 1).Start + TimeSpan.FromSeconds(30));
        regions.Lines[1].Cut();
        await Waiting.UntilAsync((first + 3).Start);
        regions.Lines[0].Mend();
        await Waiting.UntilAsync((first + 4).Start);
        regions.Lines[1].Mend();
        var last = first + 6;
        var kept = await regions.Install.Minutes.OfAsync(1);
        await Waiting.UntilAsync((last + 1).Start + TimeSpan.FromSeconds(100));

        var count = await regions.Install.Minutes.CountAsync(1, ThreeRegions.Servers, first, last);
        var end = await regions.Install.Minutes.CountAsync(1, ThreeRegions.Servers, last, last);
        var changed = kept.Except(await regions.Install.Minutes.OfAsync(1)).Count();
        var missed = (ThreeRegions.Servers * (last - first + 1)) - count.All;
        output.WriteLine(
            $"two of three regions cut off, overlapping, for 3 and 2.5 minutes: {count.All} minutes, {count.Live} live, {count.Degraded} degraded, {count.Down} down, {count.Unknown} unknown, {missed} missed, {changed} changed afterwards"
        );
        var met = missed == 0 && changed == 0 && count is { Down: 0, Unknown: 0 } && end.Live == ThreeRegions.Servers;
        output.WriteLine(
            $"partition {count.Down} down, {count.Unknown} unknown, {missed} missed; goal 0, 0, 0 {(met ? "ok" : "short")}"
        );
        return 0;
    }
}
