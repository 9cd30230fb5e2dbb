using System.Net;
using System.Net.Sockets;
using AliveMcp.Storage.Redis;
using AliveMcp.Testing.Storage;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace AliveMcp.Storage.Tests.Redis;

public sealed class RedisDoorTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Fact]
    public async Task The_clock_is_the_server_s_and_goes_forward()
    {
        var clock = new RedisClock(storage.Redis);

        var (first, second) = (await clock.NowAsync(), await clock.NowAsync());

        Assert.True(second >= first);
        Assert.InRange((TimeProvider.System.GetUtcNow() - second).TotalSeconds, -5, 5);
    }

    [Fact]
    public async Task Where_nobody_answers_it_says_so_soon()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        await Assert.ThrowsAsync<RedisConnectionException>(() => RedisDoor.OpenAsync(At($"127.0.0.1:{port}")));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        var endpoint = storage.Options.Redis.Split(',')[0];

        await Assert.ThrowsAsync<RedisConnectionException>(() => RedisDoor.OpenAsync(At($"{endpoint},password=wrong")));
    }

    private StorageOptions At(string redis)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Postgres"] = storage.Options.Bootstrap.ConnectionString,
            ["ConnectionStrings:Redis"] = redis,
        };
        StorageOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).TryGet(out var options);
        return options!;
    }
}
