using System.Globalization;
using AliveMcp.Archive.Drain;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AliveMcp.Bench.Drain;

/// <summary>The real drain over real storage of its own, and a crowd whose minutes it drains.</summary>
internal sealed class DrainSite : IAsyncDisposable
{
    private readonly DrainWatch _watch = new(TimeProvider.System, NullLogger<DrainWatch>.Instance);
    private readonly MinutePartitions _partitions;
    private readonly MinuteDrain _drain;
    private readonly SealedCrowd _crowd;
    private readonly Costs _costs;
    private readonly int _servers;

    private DrainSite(TestStorage storage, int servers, int postmaster)
    {
        Storage = storage;
        _servers = servers;
        _partitions = new MinutePartitions(storage.Doors);
        var keeper = new VerdictKeeper(_partitions, TimeProvider.System);
        _drain = new MinuteDrain(storage.Doors, storage.Redis, keeper, _watch, TimeProvider.System);
        _crowd = new SealedCrowd(storage.Redis, servers);
        _costs = new Costs(storage.RedisServer.ProcessId, postmaster);
    }

    public TestStorage Storage { get; }

    public static async Task<DrainSite> OpenAsync(int servers)
    {
        var storage = await TestStorage.CreateAsync();
        await using var connection = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        var folder = await connection.ExecuteScalarAsync<string>("SHOW data_directory");
        var first = File.ReadLines(Path.Combine(folder!, "postmaster.pid")).First();
        var site = new DrainSite(storage, servers, int.Parse(first, CultureInfo.InvariantCulture));
        await site.SettleAsync();
        return site;
    }

    public Task EnsureAsync(MinuteStamp first, MinuteStamp last) =>
        _partitions.EnsureAsync(
            Enumerable.Range(first.Value / 1440, (last.Value / 1440) - (first.Value / 1440) + 1),
            CancellationToken.None
        );

    public Task SealAsync(MinuteStamp minute) => _crowd.SealAsync(minute);

    /// <summary>Drains what was sealed.</summary>
    /// <returns>Rows a second, and what it cost.</returns>
    public async Task<(double Rate, Cost Cost)> DrainAsync(int minutes)
    {
        var (rows, rate) = (_servers * minutes, 0.0);
        var cost = await _costs.OfAsync(async () =>
        {
            var began = TimeProvider.System.GetTimestamp();
            var added = await _drain.DrainAsync(null, CancellationToken.None);
            rate = rows / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            if (added != rows)
            {
                throw new InvalidOperationException($"{added} of {rows} rows were added.");
            }
        });
        return (rate, cost);
    }

    /// <summary>The rows of a minute by a bare COPY, as another minute's.</summary>
    public async Task<(double Rate, Cost Cost)> CopyAsync(MinuteStamp from, MinuteStamp to)
    {
        var rows = await BareCopy.ReadAsync(Storage.Doors.AllTenants, from, to);
        var rate = 0.0;
        var cost = await _costs.OfAsync(async () => rate = await BareCopy.RateAsync(Storage.Doors.AllTenants, rows));
        return (rate, cost);
    }

    public async ValueTask DisposeAsync()
    {
        _drain.Dispose();
        _watch.Dispose();
        await Storage.DisposeAsync();
    }

    /// <summary>As after a few minutes of watching: everybody settled on the contract that is seen.</summary>
    private async Task SettleAsync()
    {
        await using var connection = await Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO archive.settled_contract (server_id, tenant_id, mark, contract_hash, url, minute, recent_marks, recent_minutes)
            SELECT id, 2, @mark, 'sha256:' || repeat('0', 64), 'https://mcp.example.test/' || id, 0, ARRAY[@mark], ARRAY[0]
            FROM generate_series(1, @servers) AS id
            """,
            new { mark = unchecked((long)SealedCrowd.Mark), servers = _servers }
        );
    }
}
