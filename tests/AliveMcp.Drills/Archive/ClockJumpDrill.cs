using AliveMcp.Drills.Install;
using AliveMcp.Drills.Town;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Archive;

/// <summary>
/// The clock of a host jumps ahead, back, and by three days, while a healthy town is watched: it says that it is not ready, no minute is
/// judged wrongly, and nothing archived goes. The clock is the product's own seam for time, put in place by this program alone.
/// </summary>
internal static class ClockJumpDrill
{
    private const int Servers = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(TextWriter output)
    {
        var plot = new Plot(Manner.Healthy, 20);
        await using var install = await DrillInstall.CreateAsync("local");
        await using var town = await Townsfolk.SettleAsync("local", plot);
        await using var host = await HostWithClock.StartAsync(install.Storage, DrillInstall.FreePort());
        install.StartProber("local", host.Url);
        await install.WatchAsync(plot, town.Port, 1, Servers, TenantId.Local);
        var first = await Warmth.ReachAsync(install, Servers);
        await Waiting.UntilAsync(first.Start);

        var unready = 0;
        TimeSpan[] jumps = [TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(-30), TimeSpan.FromDays(3)];
        foreach (var jump in jumps)
        {
            host.Jump(jump);
            await Waiting.ForAsync(
                async () => !await host.IsReadyAsync(),
                Patience,
                "the host to say that it is not ready"
            );
            unready += (await Readiness.OfAsync(host.Url)).Checks.ContainsKey("clock") ? 1 : 0;
            await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
            host.Jump(TimeSpan.Zero);
            await Waiting.ForAsync(host.IsReadyAsync, Patience, "the host to be ready again");
        }

        var last = MinuteStamp.Of(TimeProvider.System.GetUtcNow());
        await Waiting.UntilAsync((last + 1).Start + TimeSpan.FromSeconds(100));
        var count = await install.Minutes.CountAsync(1, Servers, first, last);
        var missed = (Servers * (last - first + 1)) - count.All;
        output.WriteLine(
            $"a clock off by 30 s, -30 s and 3 days: {count.All} minutes, {count.Live} live, {count.Degraded} degraded, {count.Down} down, {count.Unknown} unknown, {missed} missed; not ready {unready} times of {jumps.Length}"
        );
        var met = count is { Down: 0, Degraded: 0, Unknown: 0 } && missed == 0 && unready == jumps.Length;
        output.WriteLine(
            $"clock-jump {count.Down + count.Degraded} judged wrongly, {missed + count.Unknown} lost; goal 0, 0 {(met ? "ok" : "short")}"
        );
        return 0;
    }
}
