using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using StackExchange.Redis;

namespace AliveMcp.Collector.Tests.Minutes;

public abstract class OverdueScriptTests : ScriptTests
{
    protected OverdueScriptTests(IReadOnlyList<RedisDoor> doors)
        : base(doors) { }

    [Fact]
    public async Task Only_what_is_over_is_named_the_oldest_first()
    {
        var shard = await EmptyShardAsync();
        var now = (await NowAsync()).Start.ToUnixTimeMilliseconds();
        await Database.SortedSetAddAsync(
            CollectorKeys.Due(shard),
            [
                new SortedSetEntry("1:2", now - 1_000),
                new SortedSetEntry("1:1", now - 60_000),
                new SortedSetEntry("1:9", now + 120_000),
            ]
        );

        Assert.Equal(["1:1"], await new OverdueScript(Door).RunAsync(shard, 1));
        Assert.Equal(["1:2"], await new OverdueScript(Door).RunAsync(shard, 10));
    }

    [Fact]
    public async Task What_was_taken_comes_back_after_a_while()
    {
        var shard = await EmptyShardAsync();
        await Database.SortedSetAddAsync(CollectorKeys.Due(shard), "7:7", 7);
        var now = await new RedisClock(Door).NowAsync();

        Assert.Equal(["7:7"], await new OverdueScript(Door).RunAsync(shard, 10));
        Assert.Empty(await new OverdueScript(Door).RunAsync(shard, 10));

        var again = await Database.SortedSetScoreAsync(CollectorKeys.Due(shard), "7:7");
        Assert.InRange(
            DateTimeOffset.FromUnixTimeMilliseconds((long)again!.Value),
            now + OverdueScript.Hold - TimeSpan.FromMilliseconds(1),
            now + OverdueScript.Hold + TimeSpan.FromSeconds(30)
        );
    }

    [Fact]
    public async Task An_empty_redis_has_nothing_due()
    {
        Assert.Empty(await new OverdueScript(Door).RunAsync(await EmptyShardAsync(), 10));
    }

    [Fact]
    public async Task Of_many_callers_at_once_one_is_given_a_minute()
    {
        var shard = await EmptyShardAsync();
        await Database.SortedSetAddAsync(CollectorKeys.Due(shard), "5:5", 5);

        var answers = await AllAtOnceAsync((door, _) => new OverdueScript(door).RunAsync(shard, 10));

        Assert.Equal(["5:5"], answers.SelectMany(answer => answer));
    }

    /// <summary>Tests of one class run one after the other; the last shard is this class's own.</summary>
    private async Task<Shard> EmptyShardAsync()
    {
        var shard = Shard.Of(Shard.Count - 1);
        await Database.KeyDeleteAsync(CollectorKeys.Due(shard));
        return shard;
    }

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : OverdueScriptTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : OverdueScriptTests(servers.Real);
}
