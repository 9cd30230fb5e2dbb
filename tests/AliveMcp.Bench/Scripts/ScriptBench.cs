using System.Diagnostics;
using System.Globalization;
using AliveMcp.Collector.Minutes;
using AliveMcp.Storage.Redis;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Bench.Scripts;

/// <summary>
/// P4: record and seal through our client against plain SET through the same client, on the embedded server and on Redis; calls a second by
/// turns, and what a minute of 200,000 region results costs the server.
/// </summary>
internal static class ScriptBench
{
    private const double Goal = 0.4;
    private const int ResultsAMinute = 200_000;
    private const double CoreGoal = 0.10;
    private const int Callers = 64;
    private const int Rounds = 5;
    private const int MinutesARound = 6_000;
    private static readonly Region[] Regions = [Region.Of("ap-south"), Region.Of("eu-west"), Region.Of("us-east")];

    public static async Task<int> RunAsync(TextWriter output)
    {
        await using var storage = await TestStorage.CreateAsync();
        await using var redis = new RealRedis();
        await redis.InitializeAsync();
        var embedded = await MeasureAsync("embedded", storage.Redis, storage.RedisServer.ProcessId, output);
        var real = await MeasureAsync("redis", redis.Door, redis.ProcessId, output);
        var met = Math.Min(embedded.Ratio, real.Ratio) >= Goal && real.Core < CoreGoal;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"P4 embedded {embedded.Ratio:0.00} redis {real.Ratio:0.00} {Goal:0.0}, {real.Core * 100:0.0} % of a core of Redis {CoreGoal * 100:0} % {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }

    private static async Task<(double Ratio, double Core)> MeasureAsync(
        string name,
        RedisDoor door,
        int process,
        TextWriter output
    )
    {
        var (sets, calls, cpu) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var set = await SetAsync(door);
            var plans = await OpenAsync(door, round);
            var before = Cpu(process);
            var call = await RecordAndSealAsync(door, plans);
            // The first round warms both up.
            if (round > 0)
            {
                sets.Add(set);
                calls.Add(call);
                cpu.Add((Cpu(process) - before).TotalMicroseconds / (MinutesARound * Regions.Length));
            }
        }

        var (ratio, each) = (Median(calls) / Median(sets), Median(cpu));
        var core = each * ResultsAMinute / TimeSpan.FromMinutes(1).TotalMicroseconds;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -9} SET {Median(sets) / 1000:0} k/s, record and seal {Median(calls) / 1000:0} k/s: {ratio:0.00}; {each:0.0} us of the server's CPU a region result, {core * 100:0.0} % of a core for {ResultsAMinute} a minute"
            )
        );
        return (ratio, core);
    }

    private static async Task<IReadOnlyList<MinutePlan>> OpenAsync(RedisDoor door, int round)
    {
        var minute = MinuteStamp.Of(await new RedisClock(door).NowAsync());
        var plans = Enumerable
            .Range(1, MinutesARound)
            .Select(server => Plan(Verdicts.Local((round * MinutesARound) + server), minute))
            .ToList();
        var open = new OpenScript(door);
        await TogetherAsync(plans, plan => open.RunAsync(plan));
        return plans;
    }

    /// <returns>Calls a second, both scripts counted.</returns>
    private static Task<double> RecordAndSealAsync(RedisDoor door, IReadOnlyList<MinutePlan> plans)
    {
        var (record, seal) = (new RecordScript(door), new SealScript(door));
        return RateAsync(
            plans.Count * (Regions.Length + 1),
            () =>
                TogetherAsync(
                    plans,
                    async plan =>
                    {
                        foreach (var region in plan.Regions)
                        {
                            var answer = await record.RunAsync(plan.Server.Server, plan.Minute, Entry(region));
                            if (answer.Complete is { } complete)
                            {
                                await seal.RunAsync(MinuteRule.Judge(complete.Plan, complete.Entries));
                            }
                        }
                    }
                )
        );
    }

    private static Task<double> SetAsync(RedisDoor door)
    {
        var keys = Enumerable.Range(0, MinutesARound * (Regions.Length + 1)).ToList();
        var value = new byte[60];
        return RateAsync(
            keys.Count,
            () =>
                TogetherAsync(
                    keys,
                    key => door.Database.StringSetAsync("bench:" + key.ToString(CultureInfo.InvariantCulture), value)
                )
        );
    }

    private static async Task<double> RateAsync(int calls, Func<Task> all)
    {
        var began = TimeProvider.System.GetTimestamp();
        await all();
        return calls / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static Task TogetherAsync<T>(IReadOnlyList<T> all, Func<T, Task> act)
    {
        var next = -1;
        return Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(async _ =>
                {
                    for (int at; (at = Interlocked.Increment(ref next)) < all.Count; )
                    {
                        await act(all[at]);
                    }
                })
        );
    }

    private static MinutePlan Plan(ServerKey server, MinuteStamp minute) =>
        new()
        {
            Server = server,
            Minute = minute,
            Regions = Regions,
            Weight = 1,
            Quorum = 2,
            Retention = RetentionClass.Days90,
            SettingsVersion = 1,
        };

    private static RegionEntry Entry(Region region) =>
        new()
        {
            Region = region,
            State = ServerState.Live,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Tries = 1,
            Phases = new PhaseTimes
            {
                Resolve = 1_200,
                Connect = 9_000,
                Tls = 21_000,
                Handshake = 40_000,
                Tools = 30_000,
                FirstByte = 19_000,
                Total = 101_200,
            },
            FirstTryTotal = 101_200,
            ContractMark = 0x1234_5678_9abc_def0,
        };

    private static TimeSpan Cpu(int process)
    {
        using var server = Process.GetProcessById(process);
        return server.TotalProcessorTime;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
