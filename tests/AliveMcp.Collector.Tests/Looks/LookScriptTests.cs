using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Looks;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Looks;

/// <summary>The three scripts of live looks.</summary>
public abstract class LookScriptTests : ScriptTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Region _region;

    protected LookScriptTests(IReadOnlyList<RedisDoor> doors)
        : base(doors)
    {
        _region = Region.Of($"look-{Server.Server}");
    }

    [Fact]
    public async Task A_look_that_was_asked_for_waits_is_remembered_for_minutes_and_is_taken_once()
    {
        var look = await AskAsync();

        var leased = await AllAtOnceAsync((door, _) => new LeaseScript(door).RunAsync(_region, 10));

        Assert.Equal(look, Assert.Single(leased.SelectMany(lease => lease.Looks)));
        var left = await Database.KeyTimeToLiveAsync(CollectorKeys.Look(_region, look.Secret));
        Assert.InRange(left!.Value, TimeSpan.FromMinutes(4), LookTimes.Kept);
    }

    [Fact]
    public async Task No_more_wait_than_there_is_room_for()
    {
        var asked = await AllAtOnceAsync((door, _) => AskAsync(door, bound: 5));

        Assert.Equal(5, asked.Count(wasTaken => wasTaken));
        Assert.Equal(5, (await new LeaseScript(Door).RunAsync(_region, 200)).Looks.Count);
    }

    [Fact]
    public async Task So_many_get_a_turn_however_many_come_at_once()
    {
        var key = CollectorKeys.TurnOf(Server.Server);

        var left = await AllAtOnceAsync((door, _) => new TurnScript(door).RunAsync(key, 3, Minute));

        Assert.Equal(3, left.Count(wait => wait == TimeSpan.Zero));
        Assert.All(
            left.Where(wait => wait > TimeSpan.Zero),
            wait => Assert.InRange(wait, TimeSpan.FromSeconds(30), Minute)
        );
        Assert.InRange((await Database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(1), Minute);
    }

    [Fact]
    public async Task A_turn_that_nobody_would_end_ends_all_the_same()
    {
        var key = CollectorKeys.TurnOf(Server.Server);
        await Database.StringSetAsync(key, 7);

        Assert.Equal(Minute, await new TurnScript(Door).RunAsync(key, 3, Minute));
        Assert.NotNull(await Database.KeyTimeToLiveAsync(key));
    }

    [Fact]
    public async Task Each_step_is_told_once_and_nothing_behind_the_verdict()
    {
        var look = await AskAsync();
        var told = await AllAtOnceAsync(
            (door, place) => new TellScript(door).RunAsync(look, ("1", $"by {place}"), ("2", "b"))
        );

        Assert.Equal(2, told.Sum());
        Assert.Equal(1, await new TellScript(Door).RunAsync(look, ("r", "over")));
        Assert.Equal(0, await new TellScript(Door).RunAsync(look, ("3", "late"), ("r", "another")));
        var fields = await Database.HashGetAllAsync(CollectorKeys.Look(_region, look.Secret));
        Assert.Equal(["1", "2", "o", "r"], fields.Select(field => (string)field.Name!).Order(StringComparer.Ordinal));
        Assert.Equal("over", await Database.HashGetAsync(CollectorKeys.Look(_region, look.Secret), "r"));
    }

    [Fact]
    public async Task Of_a_look_that_is_forgotten_nothing_is_kept()
    {
        var look = LookId.New(_region);

        Assert.Equal(-1, await new TellScript(Door).RunAsync(look, ("1", "a")));
        Assert.False(await Database.KeyExistsAsync(CollectorKeys.Look(_region, look.Secret)));
    }

    private async Task<LookId> AskAsync()
    {
        var look = LookId.New(_region);
        Assert.True(await new AskScript(Door).RunAsync(look, await OrderAsync(Door), 100));
        return look;
    }

    private async Task<bool> AskAsync(RedisDoor door, int bound) =>
        await new AskScript(door).RunAsync(LookId.New(_region), await OrderAsync(door), bound);

    private async Task<LookOrder> OrderAsync(RedisDoor door) =>
        new()
        {
            Server = Server,
            Slug = "weather",
            SettingsVersion = 1,
            AskedAt = await new RedisClock(door).NowAsync(),
        };

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : LookScriptTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : LookScriptTests(servers.Real);
}
