using AliveMcp.Archive.Drain;
using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Retention;
using AliveMcp.Archive.Rollups;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Archive.Tests;

/// <summary>One archiver over real storage, driven step by step instead of by its loops.</summary>
internal sealed class Archiver : IDisposable
{
    private readonly TestStorage _storage;
    private readonly HourCloser _closer;

    public Archiver(TestStorage storage, TestClock clock)
    {
        _storage = storage;
        Clock = clock;
        Partitions = new MinutePartitions(storage.Doors);
        Keeper = new VerdictKeeper(Partitions, clock);
        DrainWatch = new DrainWatch(clock, NullLogger<DrainWatch>.Instance);
        Drain = new MinuteDrain(storage.Doors, storage.Redis, Keeper, DrainWatch, clock);
        SetAside = new SetAsideRetry(storage.Doors, Keeper);
        Packer = new RollupPacker(storage.Doors, NullLogger<RollupPacker>.Instance);
        Watch = new WatchLedger(storage.Doors, NullLogger<WatchLedger>.Instance);
        Retention = new MinuteRetention(storage.Doors, Partitions, clock, NullLogger<MinuteRetention>.Instance);
        _closer = new HourCloser(storage.Doors, clock);
    }

    public TestClock Clock { get; }

    public MinutePartitions Partitions { get; }

    public VerdictKeeper Keeper { get; }

    public DrainWatch DrainWatch { get; }

    public MinuteDrain Drain { get; }

    public SetAsideRetry SetAside { get; }

    public RollupPacker Packer { get; }

    public WatchLedger Watch { get; }

    public MinuteRetention Retention { get; }

    public MinuteStamp Now => MinuteStamp.Of(Clock.GetUtcNow());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public Task<int> DrainAsync() => Drain.DrainAsync(null, Cancelled);

    /// <summary>One round of the pack loop.</summary>
    public async Task PackAsync()
    {
        await _closer.CloseAsync(Cancelled);
        foreach (var grain in (Grain[])[HourGrain.Hours, SumGrain.Days, SumGrain.Months])
        {
            await Packer.PackAsync(grain, Cancelled);
        }
    }

    /// <summary>Keeps verdicts without a way through Redis.</summary>
    public async Task KeepAsync(params IEnumerable<VerdictMinute> verdicts)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        var kept = await Keeper.KeepAsync(transaction, [.. verdicts.Select(Sealed)], Cancelled);
        Assert.Empty(kept.Poisoned);
        await transaction.CommitAsync(Cancelled);
    }

    /// <summary>Asks the database as the role that sees all tenants.</summary>
    public async Task<T?> AskAsync<T>(string sql, object? values = null)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        return await connection.ExecuteScalarAsync<T>(sql, values);
    }

    public Task<int> RowsAsync(ServerKey server) =>
        AskAsync<int>(
            "SELECT count(*) FROM archive.verdict_minute WHERE server_id = @server",
            new { server = server.Server.Value }
        );

    public void Dispose()
    {
        Drain.Dispose();
        DrainWatch.Dispose();
    }

    public static SealedMinute Sealed(VerdictMinute verdict) =>
        new(
            AliveMcp.Vocabulary.Handover.HandoverKeys.Member(verdict.Server.Server, verdict.Minute),
            1,
            AliveMcp.Vocabulary.Handover.VerdictCodec.Pack(verdict)
        );
}
