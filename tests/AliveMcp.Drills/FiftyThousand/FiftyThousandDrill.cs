using System.Globalization;
using AliveMcp.Drills.Install;
using AliveMcp.Drills.Town;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.FiftyThousand;

/// <summary>
/// P2 and P3: so many servers a minute, 1 % hanging, 2 % refused, 5 % slow, on this one machine, watched servers included: how late
/// probes start, which minutes are lost, what each process spends and holds.
/// </summary>
internal static class FiftyThousandDrill
{
    private const double LagGoalSeconds = 2;
    private const int PerHost = 100;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    /// <param name="servers">How many are watched.</param>
    /// <param name="minutes">How many minutes are counted.</param>
    /// <param name="onRedis">Whether on a real Redis instead of the embedded server.</param>
    /// <param name="output">Where the figures go.</param>
    public static async Task<int> RunAsync(int servers, int minutes, bool onRedis, TextWriter output)
    {
        var crowd = Crowd.Of(servers);
        await using var install = onRedis
            ? await DrillInstall.CreateOnRedisAsync("local")
            : await DrillInstall.CreateAsync("local");
        await using var town = await Townsfolk.SettleAsync("local", [.. crowd.Select(group => group.Plot)]);
        var (_, desk) = await install.StartHostAsync("collector");
        await install.StartHostAsync("archiver");
        install.StartProber("local", desk, ("Prober__InFlight", "3000"));
        await install.StartHostAsync("scheduler");
        var started = ProcessTable.Read(install.Names);
        await Task.Delay(Idle, TimeProvider.System);
        var idle = ProcessTable.Read(install.Names);
        foreach (var group in crowd)
        {
            await install.WatchAsync(group.Plot, town.Port, group.From, group.Count, TenantId.Local);
        }

        var first = await Warmth.SettleAsync(install, servers);
        await Waiting.UntilAsync(first.Start);
        await town.ClearAsync();
        var before = ProcessTable.Read(install.Names);
        await Waiting.UntilAsync((first + minutes).Start);
        var after = ProcessTable.Read(install.Names);
        var late = await town.TellAsync();
        await Waiting.UntilAsync((first + minutes).Start + TimeSpan.FromSeconds(100));

        var count = await install.Minutes.CountAsync(1, servers, first, first + (minutes - 1));
        TellCost(output, started, idle, before, after, servers, minutes);
        return Judge(output, crowd, count, late, minutes);
    }

    private static void TellCost(
        TextWriter output,
        IReadOnlyDictionary<string, Spent> started,
        IReadOnlyDictionary<string, Spent> idle,
        IReadOnlyDictionary<string, Spent> before,
        IReadOnlyDictionary<string, Spent> after,
        int servers,
        int minutes
    )
    {
        foreach (var (name, spent) in after.OrderBy(process => process.Key, StringComparer.Ordinal))
        {
            var cpu = spent.Cpu - before.GetValueOrDefault(name).Cpu;
            var resting = (idle.GetValueOrDefault(name).Cpu - started.GetValueOrDefault(name).Cpu) / Idle.TotalMinutes;
            var grown = spent.MiB - idle.GetValueOrDefault(name).MiB;
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -16} {cpu / minutes, 7:0.0} s CPU a minute, {resting, 5:0.0} s at rest, {((cpu / minutes) - resting) / servers * 1_000_000, 6:0} us a server, {spent.MiB, 6} MiB, {grown / (servers / 10_000.0), 6:0.0} MiB more for 10,000 servers"
                )
            );
        }
    }

    private static int Judge(
        TextWriter output,
        IReadOnlyList<Group> crowd,
        MinuteCount count,
        Lateness late,
        int minutes
    )
    {
        var servers = crowd.Sum(group => group.Count);
        var lost = (servers * minutes) - count.All + count.Unknown;
        output.WriteLine(
            $"minutes: {count.All} of {servers * minutes} archived, {count.Live} live, {count.Degraded} degraded, {count.Down} down, {count.Unknown} unknown"
        );
        output.WriteLine(
            $"start of probes after their time: half within {late.Half} ms, 99 of 100 within {late.Nearly} ms, all within {late.Most} ms ({late.Probes} counted)"
        );
        var met = lost == 0 && late.Nearly <= LagGoalSeconds * 1_000;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"fifty-thousand {servers} servers, p99 lag {late.Nearly / 1_000.0:0.00} s, {lost} lost; goal {LagGoalSeconds:0} s, 0 lost {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }

    /// <param name="Plot">Where they live.</param>
    /// <param name="From">The first one's number.</param>
    /// <param name="Count">How many.</param>
    internal sealed record Group(Plot Plot, int From, int Count);

    private static class Crowd
    {
        public static IReadOnlyList<Group> Of(int servers)
        {
            var (hanging, refused, slow) = (servers / 100, servers / 50, servers / 20);
            var groups = new List<Group>();
            var from = 1;
            // Whoever hangs holds one of its host's four places for its whole time.
            foreach (
                var (manner, count, perHost) in new[]
                {
                    (Manner.Healthy, servers - hanging - refused - slow, PerHost),
                    (Manner.Hanging, hanging, 2),
                    (Manner.Slow, slow, 20),
                    (Manner.Refused, refused, PerHost),
                }
            )
            {
                groups.Add(new Group(new Plot(manner, Math.Max(1, (count + perHost - 1) / perHost)), from, count));
                from += count;
            }

            return groups;
        }
    }
}
