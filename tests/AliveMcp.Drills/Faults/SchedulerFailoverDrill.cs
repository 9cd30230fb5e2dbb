using AliveMcp.Drills.Install;
using AliveMcp.Drills.Town;
using AliveMcp.Testing.Processes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Faults;

/// <summary>
/// Two schedulers; one of them is killed with kill -9 again and again, at any moment of its tick, and started anew:
/// no minute may be missed, none looked at twice.
/// </summary>
internal static class SchedulerFailoverDrill
{
    private const int Servers = 1_000;
    private const int Kills = 12;

    public static async Task<int> RunAsync(TextWriter output)
    {
        var plot = new Plot(Manner.Healthy, 20);
        await using var install = await DrillInstall.CreateAsync("local");
        await using var town = await Townsfolk.SettleAsync("local", plot);
        var (_, desk) = await install.StartHostAsync("collector,archiver");
        install.StartProber("local", desk);
        await install.WatchAsync(plot, town.Port, 1, Servers, TenantId.Local);
        var schedulers = new ProgramUnderTest[2];
        for (var place = 0; place < schedulers.Length; place++)
        {
            (schedulers[place], _) = await install.StartHostAsync("scheduler");
        }

        var first = await Warmth.ReachAsync(install, Servers);
        await Waiting.UntilAsync(first.Start);
        await town.ClearAsync();
        await KillAsync(install, schedulers);
        var last = MinuteStamp.Of(TimeProvider.System.GetUtcNow());
        await Waiting.UntilAsync((last + 1).Start + TimeSpan.FromSeconds(1));
        var seen = await town.TellAsync();
        await Waiting.UntilAsync((last + 1).Start + TimeSpan.FromSeconds(40));

        var minutes = last - first + 1;
        var count = await install.Minutes.CountAsync(1, Servers, first, last);
        var missed = (Servers * minutes) - count.All;
        output.WriteLine(
            $"{Kills} kills of a scheduler in {minutes} minutes of {Servers} servers: {count.Live} live, {count.Unknown} unknown, {missed} missed, {seen.Doubled} looked at twice"
        );
        var met = missed == 0 && seen.Doubled == 0 && count.Live == count.All;
        output.WriteLine(
            $"scheduler-failover {missed} missed, {seen.Doubled} twice; goal 0, 0 {(met ? "ok" : "short")}"
        );
        return 0;
    }

    private static async Task KillAsync(DrillInstall install, ProgramUnderTest[] schedulers)
    {
        var dice = new Random(20_261);
        for (var kill = 0; kill < Kills; kill++)
        {
            var place = kill % schedulers.Length;
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(3_000, 9_000)), TimeProvider.System);
            await schedulers[place].KillAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(0, 3_000)), TimeProvider.System);
            (schedulers[place], _) = await install.StartHostAsync("scheduler");
        }
    }
}
