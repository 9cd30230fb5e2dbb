using AliveMcp.Archive.Drain;
using AliveMcp.Storage.Redis;
using AliveMcp.Testing.Storage;
using StackExchange.Redis;

namespace AliveMcp.Archive.Tests.Drain;

/// <summary>The script of the drain, on both servers, by one caller and by many at once.</summary>
public abstract class DrainScriptTests
{
    private const int Callers = 32;
    private static readonly RedisKey[] Minutes =
    [
        .. Enumerable.Range(1, 40).Select(place => (RedisKey)$"m:{{s09}}:9:{place}"),
    ];

    protected abstract RedisDoor Door { get; }

    [Fact]
    public async Task A_page_gives_each_verdict_in_its_place_and_nothing_for_what_is_gone()
    {
        await SealAsync();
        await Door.Database.KeyDeleteAsync(Minutes[1]);

        var page = await new PageScript(Door).RunAsync(Minutes);

        Assert.Equal(Minutes.Length, page.Count);
        Assert.Equal([7, 0], page[0]);
        Assert.Null(page[1]);
        Assert.Equal([7, 39], page[39]);
    }

    [Fact]
    public async Task An_empty_redis_and_an_empty_question_give_nothing()
    {
        await Door.Database.KeyDeleteAsync(Minutes);

        Assert.All(await new PageScript(Door).RunAsync(Minutes), Assert.Null);
        Assert.Empty(await new PageScript(Door).RunAsync([]));
    }

    [Fact]
    public async Task Many_callers_at_once_all_read_the_same()
    {
        await SealAsync();

        var pages = await Task.WhenAll(
            Enumerable.Range(0, Callers).Select(_ => new PageScript(Door).RunAsync(Minutes))
        );

        Assert.All(pages, page => Assert.Equal([7, 39], page[39]));
    }

    private Task SealAsync() =>
        Task.WhenAll(
            Minutes.Select(
                (minute, place) => Door.Database.HashSetAsync(minute, "sealed", new byte[] { 7, (byte)place })
            )
        );

    public sealed class OnTheEmbeddedServer(TestStorage storage) : DrainScriptTests, IClassFixture<TestStorage>
    {
        protected override RedisDoor Door => storage.Redis;
    }

    public sealed class OnRedis(RealRedis redis) : DrainScriptTests, IClassFixture<RealRedis>
    {
        protected override RedisDoor Door => redis.Door;
    }
}
