using StackExchange.Redis;

namespace AliveMcp.Storage.Redis;

/// <summary>The one multiplexed connection of this process to the Redis-protocol server. Database 0 only; never a blocking command.</summary>
public sealed class RedisDoor : IDisposable
{
    private readonly ConnectionMultiplexer _connection;

    private RedisDoor(ConnectionMultiplexer connection)
    {
        _connection = connection;
        _connection.ConnectionRestored += (_, _) => Restored?.Invoke();
    }

    /// <summary>Raised after the connection was lost and found again: whoever remembers a place in a log must read it anew.</summary>
    public event Action? Restored;

    public IDatabase Database => _connection.GetDatabase();

    public ISubscriber Subscriber => _connection.GetSubscriber();

    public bool IsConnected => _connection.IsConnected;

    /// <summary>Connects; throws <see cref="RedisConnectionException"/> when nobody answers in 5 s.</summary>
    public static async Task<RedisDoor> OpenAsync(StorageOptions options)
    {
        var settings = ConfigurationOptions.Parse(options.Redis);
        settings.AbortOnConnectFail = true;
        settings.ConnectRetry = 3;
        settings.ConnectTimeout = 5_000;
        settings.SyncTimeout = 10_000;
        settings.ReconnectRetryPolicy = new LinearRetry(500);
        return new RedisDoor(await ConnectionMultiplexer.ConnectAsync(settings));
    }

    public void Dispose() => _connection.Dispose();
}
