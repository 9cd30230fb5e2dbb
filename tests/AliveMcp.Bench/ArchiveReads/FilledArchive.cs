using AliveMcp.Archive;
using AliveMcp.Archive.History;
using AliveMcp.Archive.Status;
using AliveMcp.Collector;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Testing.History;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Bench.ArchiveReads;

/// <summary>
/// An archive of generated histories, with the reads of pages over it. Days are written of all servers and of all the time, hours of all the
/// time of the one whose page is read, of the others of the days that a list looks at.
/// </summary>
internal sealed class FilledArchive : IAsyncDisposable
{
    private const int Rounds = 5;
    private static readonly MinuteStamp Until = MinuteStamp.Of(
        new DateTimeOffset(2028, 3, 20, 7, 30, 0, TimeSpan.Zero)
    );

    private readonly TestStorage _storage;
    private readonly ServiceProvider _services;

    private FilledArchive(TestStorage storage, HistoryShape shape)
    {
        _storage = storage;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new TestClock(shape.Now))
            .AddSingleton(storage.Doors)
            .AddSingleton(storage.Redis)
            .AddSingleton<Listings>()
            .AddCollector()
            .AddArchive()
            .BuildServiceProvider();
    }

    /// <summary>How much there is.</summary>
    public required string Told { get; init; }

    public static async Task<FilledArchive> MakeAsync(TenantId tenant, int servers, int days)
    {
        var storage = await TestStorage.CreateAsync();
        var shape = new HistoryShape
        {
            Until = Until,
            Days = days,
            Weight = 1,
            ComeAndGo = false,
            Retention = RetentionClass.Months25,
        };
        var stories = new Storyteller(shape).Tell(tenant, 1, servers).ToList();
        var writer = new HistoryWriter(storage.Doors);
        var grains = new HistoryGrains { HoursOfDays = 3, HotHours = 2 };
        var one = await writer.WriteAsync(stories[..1], grains with { HoursOfDays = null }, CancellationToken.None);
        var rest = await writer.WriteAsync(stories[1..], grains, CancellationToken.None);
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO servers.public_listing (public_slug, tenant_id, server_id, name, display_url, tags, paused)
            SELECT 's' || id, @tenant, id, 'Server ' || id, 'https://mcp.example.com', '{}', false
            FROM generate_series(1, @servers) AS id
            """,
            new { tenant = tenant.Value, servers }
        );
        await AnalyzeAsync(storage);
        return new FilledArchive(storage, shape)
        {
            Told =
                $"{one.Days + rest.Days} days, {one.Hours + rest.Hours} closed hours, {one.Minutes + rest.Minutes} hot minutes",
        };
    }

    /// <summary>The list as the overview asks for it: who there is, and how they are.</summary>
    public async Task ListAsync()
    {
        var listed = await Get<Listings>().AllAsync(CancellationToken.None);
        await Get<StatusQueries>().GetManyAsync([.. listed.Select(server => server.Key)], CancellationToken.None);
    }

    /// <summary>A page as it is first made.</summary>
    public async Task PageAsync()
    {
        var server = (await Get<Listings>().FindAsync("s1", CancellationToken.None))!.Key;
        await Get<StatusQueries>().GetAsync(server, CancellationToken.None);
        await Get<ServerPages>().OfAsync(server, 90, null, CancellationToken.None);
    }

    /// <summary>Counts once, and times the middle of some rounds on warm connections.</summary>
    public async Task<ReadCost> CostAsync(Func<Task> read)
    {
        await read();
        var time = await TimeAsync(read);
        var before = await RowsRead.SoFarAsync(_storage, CancellationToken.None);
        using var sent = new SentStatements(_storage);
        await read();
        var (statements, all) = (sent.Texts.Count, sent.All);
        var rows = await RowsRead.SoFarAsync(_storage, CancellationToken.None) - before;
        return new ReadCost(statements, all, rows, time);
    }

    /// <summary>The time of <c>SELECT 1</c> in a tenant's name: what any read pays.</summary>
    public async Task<TimeSpan> OneAsync()
    {
        await One();
        return await TimeAsync(One);

        async Task One()
        {
            await using var session = await _storage.Doors.OpenAsync(TenantId.Local, CancellationToken.None);
            await session.Connection.ExecuteScalarAsync<int>("SELECT 1", transaction: session.Transaction);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> read)
    {
        var times = new List<TimeSpan>();
        for (var round = 0; round < Rounds; round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await read();
            times.Add(TimeProvider.System.GetElapsedTime(began));
        }

        return times.Order().ElementAt(Rounds / 2);
    }

    /// <summary>As autovacuum would have done over the months.</summary>
    private static async Task AnalyzeAsync(TestStorage storage)
    {
        await using var connection = new Npgsql.NpgsqlConnection(storage.Options.Bootstrap + ";Pooling=false");
        await connection.ExecuteAsync("SET client_min_messages = warning; ANALYZE", commandTimeout: 600);
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
