using System.Net;
using AliveMcp.Alerting;
using AliveMcp.Archive;
using AliveMcp.Collector;
using AliveMcp.Servers;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage;
using AliveMcp.Tenancy;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Plans;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AliveMcp.StatusPages.Tests.Sites;

/// <summary>The public pages as strangers reach them: real Kestrel on a port of its own, real Postgres, a real Redis-protocol server, a clock that stands still.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly MinuteStamp Start = MinuteStamp.Of(
        new DateTimeOffset(2026, 11, 21, 14, 30, 0, TimeSpan.Zero)
    );

    private readonly TestStorage _storage;
    private readonly bool _isOwner;
    private readonly Action<StatusPagesOptions> _configure = AskEachTime;
    private WebApplication _app = null!;
    private int _servers;

    public Site() => (_storage, _isOwner) = (new TestStorage(), true);

    private Site(TestStorage storage, Action<StatusPagesOptions> configure) =>
        (_storage, _configure) = (storage, configure);

    /// <summary>What a test adds to the rooms.</summary>
    public Action<WebApplicationBuilder> Furnish { get; init; } = _ => { };

    public TestClock Clock { get; } = new(Start.Start + TimeSpan.FromSeconds(100));

    /// <summary>The newest minute that may be sealed at the clock's time.</summary>
    public static MinuteStamp Newest => Start;

    public TestStorage Storage => _storage;

    public HttpClient Http { get; private set; } = null!;

    public string Url => _app.Urls.Single();

    public IServiceProvider Services => _app.Services;

    public static async Task<Site> OpenAsync()
    {
        var site = new Site();
        await site.InitializeAsync();
        return site;
    }

    /// <summary>One more process on the same stores, whose clock stands where a site's begins.</summary>
    /// <param name="storage">The stores; not disposed with the site.</param>
    /// <param name="configure">Its settings; unless told, every asking is a new one.</param>
    public static async Task<Site> OpenAsync(TestStorage storage, Action<StatusPagesOptions>? configure = null)
    {
        var site = new Site(storage, configure ?? AskEachTime);
        await site.InitializeAsync();
        return site;
    }

    public async ValueTask InitializeAsync()
    {
        if (_isOwner)
        {
            await _storage.InitializeAsync();
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(new PlanTable([Plan("public"), Plan("self_hosted")]));
        builder.Services.AddAliveMcpStorage(_storage.Options, _storage.Redis);
        builder.Services.AddTenancy().AddServers().AddCollector().AddArchive().AddAlerting().AddStatusPages();
        builder.Services.Configure(_configure);
        Furnish(builder);
        _app = builder.Build();
        _app.UseWarmReads();
        _app.UseRouting();
        _app.MapStatusPages();
        await _app.StartAsync();
#pragma warning disable RS0030 // The test's own server on loopback, not a stranger.
        Http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new Uri(Url),
        };
#pragma warning restore RS0030
    }

    /// <summary>Lists a public server of tenant 2.</summary>
    public async Task<ListedServer> ListAsync(string slug, string name = "A server", params string[] tags)
    {
        var server = new ListedServer
        {
            Key = new ServerKey(new TenantId(2), new ServerId(Interlocked.Increment(ref _servers))),
            PublicSlug = slug,
            Name = name,
            DisplayUrl = "https://mcp.example.com",
            Tags = tags,
            Paused = false,
        };
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO servers.public_listing (public_slug, tenant_id, server_id, name, display_url, tags, paused)
            VALUES (@slug, 2, @id, @name, @url, @tags, false)
            """,
            new
            {
                slug,
                id = server.Key.Server.Value,
                name,
                url = server.DisplayUrl,
                tags,
            }
        );
        return server;
    }

    /// <summary>Puts a verdict where sealing puts it: the server's <c>hot</c>.</summary>
    public Task SealAsync(VerdictMinute verdict)
    {
        var packed = VerdictCodec.Pack(verdict);
        var fields = new List<HashEntry> { new("a", packed), new("am", verdict.Minute.Value) };
        if (verdict.State != ServerState.Unknown)
        {
            fields.AddRange([new("k", packed), new("km", verdict.Minute.Value)]);
        }

        return _storage.Redis.Database.HashSetAsync(HandoverKeys.Hot(verdict.Server.Server), [.. fields]);
    }

    public async Task<string> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        if (_isOwner)
        {
            await _storage.DisposeAsync();
        }
    }

    private static Plan Plan(string name) =>
        new()
        {
            Name = name,
            CadenceFloor = 1,
            MinuteHistory = RetentionClass.Days90,
            DayHistory = 90,
        };

    /// <summary>Every asking is a new one: freshness has tests of its own.</summary>
    private static void AskEachTime(StatusPagesOptions options)
    {
        options.AskAgainAfter = TimeSpan.Zero;
        options.ListingFor = TimeSpan.Zero;
    }
}
