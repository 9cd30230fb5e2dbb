using System.IO.Compression;
using System.Text.Json;
using AliveMcp.Archive.Drift;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Archive.Tests.Drift;

/// <summary>A server that shows one list after another, minute by minute, as desk, intake and seal would leave it behind.</summary>
internal sealed class Watched : IDisposable
{
    private readonly TestStorage _storage;
    private readonly SealedLog _log;
    private readonly Archiver _archiver;
    private MinuteStamp _minute;

    public Watched(TestStorage storage, int server)
    {
        _storage = storage;
        _log = new SealedLog(storage.Redis);
        Server = Verdicts.Local(server);
        Clock = new TestClock(Times.Noon - TimeSpan.FromHours(5));
        _archiver = new Archiver(storage, Clock);
        _minute = MinuteStamp.Of(Clock.GetUtcNow());
        Declarer = NewDeclarer();
        Memories = new MemoryWatch(storage.Doors, new ContractSightings(storage.Doors));
    }

    public ServerKey Server { get; }

    public TestClock Clock { get; }

    public DriftDeclarer Declarer { get; }

    public MemoryWatch Memories { get; }

    public string Url { get; set; } = "https://shop.example/mcp";

    public string? Credential { get; set; }

    public string Version { get; set; } = "2025-11-25";

    public string[] Regions { get; set; } = ["local"];

    /// <summary>The first minute that showed what was shown last.</summary>
    public MinuteStamp Began { get; private set; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public DriftDeclarer NewDeclarer() =>
        new(
            _storage.Doors,
            new ContractSightings(_storage.Doors),
            new ContractVersionQueries(_storage.Doors),
            Clock,
            NullLogger<DriftDeclarer>.Instance
        );

    /// <summary>Shows a list for some minutes and has the archiver look.</summary>
    public async Task ShowAsync(string tools, int minutes = 2, bool isKept = true)
    {
        await SealAsync(tools, minutes, isKept);
        await LookAsync();
    }

    /// <summary>Shows a list for some minutes; the drain keeps them, drift is not looked for yet.</summary>
    public async Task SealAsync(string tools, int minutes = 2, bool isKept = true)
    {
        var list = ListOf(tools);
        Began = _minute;
        await BringAsync(list, isKept);
        for (var at = 0; at < minutes; at++)
        {
            await _log.SealAsync(MinuteOf(_minute, Regions.Select(_ => (string?)list.ContractHash)));
            _minute += 1;
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await _archiver.DrainAsync();
    }

    /// <summary>Seals one minute in which each region saw a list of its own, or none.</summary>
    public async Task ShowApartAsync(params string?[] tools)
    {
        await _log.SealAsync(MinuteOf(_minute, tools.Select(list => list is null ? null : ListOf(list).ContractHash)));
        _minute += 1;
        Clock.Advance(TimeSpan.FromMinutes(1));
        await _archiver.DrainAsync();
        await LookAsync();
    }

    public async Task LookAsync()
    {
        await Memories.LookAsync(Cancelled);
        await AskAsync<int>("UPDATE archive.contract_doubt SET come_back_at = '-infinity' WHERE server_id = @server");
        await Declarer.DeclareAsync(Cancelled);
    }

    public void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        _minute = MinuteStamp.Of(Clock.GetUtcNow());
    }

    /// <summary>What was declared, the oldest first.</summary>
    public async Task<IReadOnlyList<DeclaredDrift>> DeclaredAsync() =>
        [.. (await new DeclaredDrifts(_storage.Doors).NewestAsync(Server, 100, Cancelled)).Reverse()];

    /// <summary>Each in a line: kind, classes, codes.</summary>
    public async Task<IEnumerable<string>> LinesAsync() =>
        (await DeclaredAsync()).Select(drift =>
            $"{drift.Kind} [{string.Join(',', drift.Classes)}] {string.Join(',', drift.Changes.Select(change => change.Code))}".TrimEnd()
        );

    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        return await connection.ExecuteScalarAsync<T>(sql, new { server = Server.Server.Value });
    }

    public static ContractDocument ListOf(string tools) =>
        ContractHasher.Hash([.. JsonElement.Parse($"[{tools}]").EnumerateArray()]);

    public void Dispose() => _archiver.Dispose();

    /// <summary>As the desk and the intake write it down.</summary>
    private async Task BringAsync(ContractDocument list, bool isKept)
    {
        const string keep = """
            INSERT INTO collector.contract_version (tenant_id, server_id, full_hash, contract_hash, canonical, tool_count, tool_names,
                bytes, first_seen, url, credential, protocol_version)
            VALUES (2, @server, @full, @contract, @gzip, @count, '{}', @bytes, @now, @url, @credential, @version)
            ON CONFLICT (server_id, full_hash) DO NOTHING
            """;
        const string learn = """
            INSERT INTO collector.server_memory (server_id, tenant_id, url, full_hash, contract_hash, protocol_version, regions)
            VALUES (@server, 2, @url, @full, @contract, @version, @regions::jsonb)
            ON CONFLICT (server_id) DO UPDATE SET url = excluded.url, full_hash = excluded.full_hash,
                contract_hash = excluded.contract_hash, protocol_version = excluded.protocol_version,
                regions = excluded.regions, changed_at = now()
            """;
        var values = new
        {
            server = Server.Server.Value,
            full = list.FullHash,
            contract = list.ContractHash,
            gzip = Gzip(list.Canonical.Span),
            count = list.ToolCount,
            bytes = list.Canonical.Length,
            now = Clock.GetUtcNow(),
            url = Url,
            credential = Credential,
            version = Version,
            regions = JsonSerializer.Serialize(
                Regions.ToDictionary(region => region, _ => new { full_hash = list.FullHash })
            ),
        };
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await connection.ExecuteAsync(isKept ? keep + ";" + learn : learn, values);
    }

    private VerdictMinute MinuteOf(MinuteStamp minute, IEnumerable<string?> hashes)
    {
        var verdict = Verdicts.Live(Server, minute);
        var regions = Regions.Select(Region.Of).ToList();
        var entries = regions.Zip(
            hashes,
            (region, hash) => verdict.Entries[0] with { Region = region, ContractMark = RegionEntry.MarkOf(hash) }
        );
        return verdict with { Plan = Verdicts.Plan(Server, minute, regions), Entries = [.. entries] };
    }

    private static byte[] Gzip(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(text);
        }

        return packed.ToArray();
    }
}
