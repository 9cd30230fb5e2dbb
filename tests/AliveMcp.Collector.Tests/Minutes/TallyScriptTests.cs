using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Minutes;

public abstract class TallyScriptTests : ScriptTests
{
    private readonly Region _region = Region.Of("r" + Guid.NewGuid().ToString("N")[..20]);

    protected TallyScriptTests(IReadOnlyList<RedisDoor> doors)
        : base(doors) { }

    [Fact]
    public async Task What_was_seen_within_a_minute_is_added_up()
    {
        await TallyAsync(new RegionTally(20, 3, 1, 2));
        await TallyAsync(new RegionTally(5, 2, 0, 1));

        var answer = await TallyAsync(default);

        Assert.Equal(new RegionTally(25, 5, 1, 3), answer.LastMinute);
        Assert.Equal(DateTimeOffset.UnixEpoch, answer.DoubtedUntil);
        Assert.InRange((await Database.KeyTimeToLiveAsync(Key))!.Value.TotalMinutes, 4, 5);
    }

    [Fact]
    public async Task What_is_older_than_a_minute_is_forgotten()
    {
        var span = (await new RedisClock(Door).NowAsync()).ToUnixTimeMilliseconds() / 5_000;
        await Database.HashSetAsync(Key, [new(span - 12, "9 9 9 9"), new(span - 8, "1 2 3 4")]);

        var answer = await TallyAsync(default);

        Assert.Equal(new RegionTally(1, 2, 3, 4), answer.LastMinute);
        Assert.False(await Database.HashExistsAsync(Key, span - 12));
    }

    [Fact]
    public async Task A_doubt_is_told_until_it_is_renewed()
    {
        var now = await new RedisClock(Door).NowAsync();
        await new TallyScript(Door).RunAsync(_region, default, TimeSpan.FromSeconds(60));

        var until = (await TallyAsync(new RegionTally(1, 0, 0, 0))).DoubtedUntil;

        Assert.InRange(until, now + TimeSpan.FromSeconds(59), now + TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task An_empty_redis_has_seen_nothing_and_a_look_leaves_nothing_there()
    {
        Assert.Equal(default, (await TallyAsync(default)).LastMinute);
        Assert.False(await Database.KeyExistsAsync(Key));
    }

    [Fact]
    public async Task Of_what_many_callers_add_at_once_nothing_is_lost()
    {
        await AllAtOnceAsync(
            async (door, _) =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await new TallyScript(door).RunAsync(_region, new RegionTally(4, 3, 2, 1), TimeSpan.Zero);
                }

                return true;
            }
        );

        var calls = ScriptServers.Callers * 10;
        Assert.Equal(new RegionTally(4 * calls, 3 * calls, 2 * calls, calls), (await TallyAsync(default)).LastMinute);
    }

    private StackExchange.Redis.RedisKey Key => CollectorKeys.Tally(_region);

    private Task<TallyAnswer> TallyAsync(RegionTally more) =>
        new TallyScript(Door).RunAsync(_region, more, TimeSpan.Zero);

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : TallyScriptTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : TallyScriptTests(servers.Real);
}
