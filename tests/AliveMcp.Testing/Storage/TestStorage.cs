using AliveMcp.Host.Embedded;
using AliveMcp.Storage;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using Xunit;

namespace AliveMcp.Testing.Storage;

/// <summary>
/// A database of its own (real Postgres, real roles, real migrations) and a Redis-protocol server of its own. Use it as a class fixture,
/// or make one in a test that breaks things.
/// </summary>
public sealed class TestStorage : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-redis-");
    private EmbeddedRedis? _server;

    public StorageOptions Options { get; private set; } = null!;

    public PostgresDoors Doors { get; private set; } = null!;

    public RedisDoor Redis { get; private set; } = null!;

    public RedisClock Clock { get; private set; } = null!;

    /// <summary>The Redis-protocol server, to be stopped or emptied by tests that want to.</summary>
    public EmbeddedRedis RedisServer => _server!;

    public static async Task<TestStorage> CreateAsync()
    {
        var storage = new TestStorage();
        await storage.InitializeAsync();
        return storage;
    }

    public async ValueTask InitializeAsync()
    {
        var postgres = SharedPostgres.CreateDatabaseAsync(CancellationToken.None);
        var options = new EmbeddedRedisOptions { Folder = _folder.FullName };
        _server = await EmbeddedRedis.StartAsync(options, CancellationToken.None);
        Options = SharedPostgres.Options(await postgres, _server.ConnectionString);
        Doors = new PostgresDoors(Options);
        Redis = await RedisDoor.OpenAsync(Options);
        Clock = new RedisClock(Redis);
    }

    public async ValueTask DisposeAsync()
    {
        Redis.Dispose();
        await Doors.DisposeAsync();
        await SharedPostgres.DropDatabaseAsync(Options.Bootstrap.ConnectionString);
        await _server!.DisposeAsync();
        TestFolders.Delete(_folder);
    }
}
