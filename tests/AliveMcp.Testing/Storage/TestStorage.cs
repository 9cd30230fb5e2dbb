using AliveMcp.Host.Embedded;
using AliveMcp.Host.Embedded.Children;
using AliveMcp.Storage;
using AliveMcp.Storage.Migrations;
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
    private DirectoryInfo? _ownPostgres;
    private EmbeddedPostgres? _postgres;

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

    /// <summary>With a Postgres that nobody else uses and that may be stopped.</summary>
    public static async Task<TestStorage> CreateAloneAsync()
    {
        var storage = new TestStorage { _ownPostgres = Directory.CreateTempSubdirectory("alivemcp-test-alone-") };
        await storage.InitializeAsync();
        await new MigrationRunner(storage.Options).RunAsync(CancellationToken.None);
        return storage;
    }

    /// <summary>Of <see cref="CreateAloneAsync"/>: its Postgres ends, its sessions with it.</summary>
    public async Task StopPostgresAsync() => await _postgres!.DisposeAsync();

    /// <summary>The Redis-protocol server ends.</summary>
    public async Task StopRedisAsync() => await _server!.DisposeAsync();

    public async ValueTask InitializeAsync()
    {
        var postgres = PostgresAsync();
        _server = await StartRedisAsync();
        Options = SharedPostgres.Options(await postgres, _server.ConnectionString);
        Doors = new PostgresDoors(Options);
        Redis = await RedisDoor.OpenAsync(Options);
        Clock = new RedisClock(Redis);
    }

    private async Task<string> PostgresAsync()
    {
        if (_ownPostgres is null)
        {
            return await SharedPostgres.CreateDatabaseAsync(CancellationToken.None);
        }

        _postgres = await SharedPostgres.StartAsync(_ownPostgres);
        return _postgres.ConnectionString;
    }

    /// <summary>A free port may be taken by somebody else before the server has it: then another one, in another folder.</summary>
    private async Task<EmbeddedRedis> StartRedisAsync()
    {
        const int tries = 5;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var folder = Path.Combine(_folder.FullName, $"try-{attempt}");
                return await EmbeddedRedis.StartAsync(
                    new EmbeddedRedisOptions { Folder = folder },
                    CancellationToken.None
                );
            }
            catch (ChildFailedException) when (attempt < tries)
            {
                // Once more.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Redis.Dispose();
        await Doors.DisposeAsync();
        if (_ownPostgres is null)
        {
            await SharedPostgres.DropDatabaseAsync(Options.Bootstrap.ConnectionString);
        }
        else
        {
            await _postgres!.DisposeAsync();
            TestFolders.Delete(_ownPostgres);
        }

        await _server!.DisposeAsync();
        TestFolders.Delete(_folder);
    }
}
