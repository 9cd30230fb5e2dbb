using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Host.Embedded;
using AliveMcp.Storage.Redis;
using AliveMcp.Testing.Storage;

[assembly: AssemblyFixture(typeof(ScriptServers))]

namespace AliveMcp.Collector.Tests.Builders;

/// <summary>The two Redis-protocol servers that every script is held against, with 32 connections each: one connection alone cannot race.</summary>
public sealed class ScriptServers : IAsyncLifetime
{
    public const int Callers = 32;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-scripts-");
    private readonly RealRedis _real = new();
    private EmbeddedRedis? _embedded;

    internal IReadOnlyList<RedisDoor> Embedded { get; private set; } = [];

    internal IReadOnlyList<RedisDoor> Real { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var options = new EmbeddedRedisOptions { Folder = _folder.FullName };
        _embedded = await EmbeddedRedis.StartAsync(options, CancellationToken.None);
        await _real.InitializeAsync();
        Embedded = await DoorsAsync(_embedded.ConnectionString);
        Real = await DoorsAsync(_real.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in Embedded.Concat(Real))
        {
            door.Dispose();
        }

        await _real.DisposeAsync();
        await _embedded!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<IReadOnlyList<RedisDoor>> DoorsAsync(string connectionString) =>
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => RealRedis.OpenAsync(connectionString)));
}
