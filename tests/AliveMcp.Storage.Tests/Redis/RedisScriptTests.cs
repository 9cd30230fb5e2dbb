using AliveMcp.Storage.Redis;
using AliveMcp.Testing.Storage;

namespace AliveMcp.Storage.Tests.Redis;

public sealed class RedisScriptTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private static readonly RedisScript Count = RedisScript.Of(typeof(RedisScriptTests), "count.lua");

    [Fact]
    public async Task It_is_sent_by_name_and_loaded_when_the_server_does_not_know_it()
    {
        var key = Guid.NewGuid().ToString("N");

        Assert.Equal(1, await CountAsync(key));
        Assert.Equal(2, await CountAsync(key));
    }

    [Fact]
    public async Task A_server_that_has_forgotten_it_is_told_again()
    {
        var key = Guid.NewGuid().ToString("N");
        await CountAsync(key);

        await storage.Redis.Database.ExecuteAsync("SCRIPT", "FLUSH");

        Assert.Equal(2, await CountAsync(key));
    }

    [Fact]
    public async Task Nobody_comes_between_a_script_and_itself()
    {
        var key = Guid.NewGuid().ToString("N");

        // 32 callers over four connections: a server that locks nothing would interleave them.
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    using var redis = await RedisDoor.OpenAsync(storage.Options);
                    await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CallAsync(redis)));
                })
        );

        Assert.Equal(32 * 50 + 1, await CountAsync(key));

        async Task CallAsync(RedisDoor redis)
        {
            for (var i = 0; i < 50; i++)
            {
                await Count.RunAsync(redis.Database, [key], []);
            }
        }
    }

    [Theory]
    [InlineData("a:{s01}", "b:{s02}")]
    [InlineData("a:{s01}", "b")]
    [InlineData("a", "b")]
    [InlineData("a:{s01}", "b:{}{s01}")]
    public async Task Keys_of_two_slots_are_refused_as_a_cluster_would(string one, string other)
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Count.RunAsync(storage.Redis.Database, [one, one, other], [])
        );
        await Count.RunAsync(storage.Redis.Database, [$"{{s01}}:{Guid.NewGuid():N}", "other:{s01}:7"], []);
    }

    [Fact]
    public void A_script_that_is_not_there_is_found_out_at_once() =>
        Assert.Throws<InvalidOperationException>(() => RedisScript.Of(typeof(RedisScriptTests), "nowhere.lua"));

    private async Task<int> CountAsync(string key) => (int)await Count.RunAsync(storage.Redis.Database, [key], []);
}
