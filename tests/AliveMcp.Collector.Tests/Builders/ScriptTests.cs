using AliveMcp.Collector.Minutes;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Tests.Builders;

/// <summary>What the tests of one script on one server share. Every test has a server of ours to itself, so they share Redis.</summary>
public abstract class ScriptTests
{
    private readonly IReadOnlyList<RedisDoor> _doors;

    protected ScriptTests(IReadOnlyList<RedisDoor> doors)
    {
        _doors = doors;
        Server = Sample.NextServer();
    }

    internal ServerKey Server { get; }

    internal RedisDoor Door => _doors[0];

    internal IDatabase Database => Door.Database;

    internal async Task<MinuteStamp> NowAsync() => MinuteStamp.Of(await new RedisClock(Door).NowAsync());

    /// <summary>Opens this minute for these regions.</summary>
    internal async Task<MinutePlan> OpenAsync(params Region[] regions)
    {
        var plan = Sample.Plan(Server, await NowAsync(), regions);
        Assert.Equal(OpenAnswer.Opened, await new OpenScript(Door).RunAsync(plan));
        return plan;
    }

    /// <summary>An open minute of the past, which no script would open any more.</summary>
    internal async Task<MinutePlan> OpenLongAgoAsync(params Region[] regions)
    {
        var plan = Sample.Plan(Server, await NowAsync() - 3, regions);
        await Database.HashSetAsync(
            CollectorKeys.Minute(Server.Server, plan.Minute),
            [new HashEntry("r", PlanCodec.PackRegions(plan)), new HashEntry("p", PlanCodec.Pack(plan))]
        );
        return plan;
    }

    internal Task<RecordAnswer> RecordAsync(MinutePlan plan, RegionEntry entry) =>
        new RecordScript(Door).RunAsync(plan.Server.Server, plan.Minute, entry);

    /// <summary>The same call by 32 connections at once.</summary>
    internal async Task<T[]> AllAtOnceAsync<T>(Func<RedisDoor, int, Task<T>> call)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = _doors
            .Select(
                async (door, place) =>
                {
                    await go.Task;
                    return await call(door, place);
                }
            )
            .ToList();
        go.SetResult();
        return await Task.WhenAll(calls);
    }

    internal async Task<string[]> FieldsAsync(MinutePlan plan) =>
        [
            .. (await Database.HashKeysAsync(CollectorKeys.Minute(plan.Server.Server, plan.Minute)))
                .Select(field => (string)field!)
                .Order(StringComparer.Ordinal),
        ];
}
