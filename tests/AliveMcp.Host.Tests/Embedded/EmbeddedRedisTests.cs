using System.Diagnostics;
using AliveMcp.Host.Embedded;
using StackExchange.Redis;

namespace AliveMcp.Host.Tests.Embedded;

public sealed class EmbeddedRedisTests
{
    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill_and_after_a_second_start()
    {
        using var folder = new TemporaryFolder();
        var options = new EmbeddedRedisOptions { Folder = folder["redis"] };
        await using (var first = await EmbeddedRedis.StartAsync(options, TestContext.Current.CancellationToken))
        {
            await WithAsync(first, database => database.StringSetAsync("kept", "before"));
            var pid = first.ProcessId;

            Process.GetProcessById(pid).Kill();

            var found = await Patience.UntilAsync(() => WithAsync(first, database => database.StringGetAsync("kept")));
            Assert.Equal("before", found);
            Assert.NotEqual(pid, first.ProcessId);
        }

        await using var second = await EmbeddedRedis.StartAsync(options, TestContext.Current.CancellationToken);
        Assert.Equal("before", await WithAsync(second, database => database.StringGetAsync("kept")));
    }

    [Fact]
    public async Task A_script_is_one_step_for_all_connections()
    {
        const string script =
            "local seen = tonumber(redis.call('GET', KEYS[1]) or '0'); redis.call('SET', KEYS[1], string.format('%d', seen + 1))";
        using var folder = new TemporaryFolder();
        await using var server = await EmbeddedRedis.StartAsync(
            new EmbeddedRedisOptions { Folder = folder["redis"] },
            TestContext.Current.CancellationToken
        );

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    WithAsync(
                        server,
                        async database =>
                        {
                            for (var turn = 0; turn < 100; turn++)
                            {
                                await database.ScriptEvaluateAsync(script, ["count"]);
                            }

                            return true;
                        }
                    )
                )
        );

        Assert.Equal(800, (int)await WithAsync(server, database => database.StringGetAsync("count")));
    }

    private static async Task<T> WithAsync<T>(EmbeddedRedis server, Func<IDatabase, Task<T>> act)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        return await act(connection.GetDatabase());
    }
}
