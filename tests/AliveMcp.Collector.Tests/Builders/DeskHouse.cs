using System.Net.Http.Headers;
using System.Net.Http.Json;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Schedule;
using AliveMcp.Hosting.Problems;
using AliveMcp.Servers;
using AliveMcp.Storage;
using AliveMcp.Tenancy;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Testing.Rooms;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Plans;
using AliveMcp.Vocabulary.Tickets;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Collector.Tests.Builders;

/// <summary>A desk on a real socket, over its own database and its own Redis-protocol server, with probers of two regions.</summary>
public sealed class DeskHouse : IAsyncLifetime
{
    public const string Prober = "prober-1";
    private static readonly string EastToken = new('e', 40);
    private static readonly string WestToken = new('w', 40);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-desk-");
    private WebApplication? _app;

    /// <summary>Where the keys of secrets stand.</summary>
    private string KeyPath => Path.Combine(_folder.FullName, "keys");

    internal TestStorage Storage { get; private set; } = null!;

    /// <summary>Speaks for <see cref="Sample.East"/>.</summary>
    internal HttpClient East { get; private set; } = null!;

    /// <summary>Speaks for <see cref="Sample.West"/>.</summary>
    internal HttpClient West { get; private set; } = null!;

    internal T Get<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        Storage = await TestStorage.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAliveMcpStorage(Storage.Options, Storage.Redis);
        KeyFile.AddVersion(KeyPath);
        builder.Services.AddSingleton<IKeyProvider>(new KeyFile(KeyPath));
        builder.Services.AddSingleton(new PlanTable([Plan("public"), Plan("self_hosted")]));
        builder.Services.AddTenancy().AddServers().AddCollector().AddCollectorLoops();
        _app = builder.Build();
        _app.MapProberDesk("/prober/v1");
        _app.MapGroup("/api/v1").AddEndpointFilter<RouteGroupBuilder, ProblemFilter>().MapCollector();
        await _app.StartAsync();
        var tokens = Get<RegionTokens>();
        await tokens.EnsureAsync(Sample.East, "Ashburn", EastToken, CancellationToken.None);
        await tokens.EnsureAsync(Sample.West, "Dublin", WestToken, CancellationToken.None);
        await RowsAsync<int>(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (77, 'charlie', 'Charlie', 'public') RETURNING 1",
            new { }
        );
        East = Client(EastToken);
        West = Client(WestToken);
    }

    public async ValueTask DisposeAsync()
    {
        East.Dispose();
        West.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await Storage.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal HttpClient Client(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(_app!.Urls.First() + "/prober/v1/"),
        };
        client.DefaultRequestHeaders.Authorization = token is null
            ? null
            : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Speaks to the API in the name of a tenant, with one scope.</summary>
    internal async Task<HttpClient> ApiAsync(TenantId tenant, string scope = "write")
    {
        var client = Client(await TestKeys.GiveAsync(Storage.Doors, tenant, scope));
        client.BaseAddress = new Uri(_app!.Urls.First() + "/api/v1/");
        return client;
    }

    /// <summary>As if the prober of <see cref="Sample.East"/> had asked for work.</summary>
    internal Task NoteProberAsync() => Get<LiveRegions>().NoteAsync(Sample.East, Prober);

    /// <summary>How its owner spells a server.</summary>
    internal async Task<string> SlugOfAsync(ServerKey server) =>
        Assert.Single(
            await RowsAsync<string>(
                "SELECT slug FROM servers.server WHERE server_id = @id",
                new { id = server.Server.Value }
            )
        );

    /// <summary>Puts a server on the watch list.</summary>
    internal async Task<ServerKey> WatchAsync(TenantId? tenant = null, string? url = null)
    {
        var owner = tenant ?? TenantId.Local;
        var slug = Guid.NewGuid().ToString("N");
        await using var connection = await Storage.Doors.AllTenants.OpenConnectionAsync();
        var id = await connection.ExecuteScalarAsync<int>(
            """
            INSERT INTO servers.server (tenant_id, slug, name, url, canonical_url, origin, visibility, managed_by, created_at)
            VALUES (@tenant, @slug, 'A server', @url, @url, 'https://mcp.example', 0, 'test', now())
            RETURNING server_id
            """,
            new
            {
                tenant = owner.Value,
                slug,
                url = url ?? $"https://mcp.example/{slug}",
            }
        );
        return new ServerKey(owner, new ServerId(id));
    }

    /// <summary>Opens the running minute of a server for these regions and queues it as due.</summary>
    internal Task<MinutePlan> OpenAsync(ServerKey server, params Region[] regions) =>
        OpenAsync(server, Lane.Shared, regions);

    internal async Task<MinutePlan> OpenAsync(ServerKey server, Lane lane, params Region[] regions)
    {
        var now = await Storage.Clock.NowAsync();
        var plan = Sample.Plan(server, MinuteStamp.Of(now), regions) with { SettingsVersion = 1 };
        Assert.Equal(OpenAnswer.Opened, await new OpenScript(Storage.Redis).RunAsync(plan));
        foreach (var region in regions)
        {
            var ticket = new QueuedTicket(server.Server, plan.Minute, now.AddSeconds(-1));
            await new QueueScript(Storage.Redis).RunAsync(region, lane, 100, [ticket]);
        }

        return plan;
    }

    internal async Task<ProbeTicket> LeaseOneAsync(HttpClient client) => Assert.Single(await LeaseAsync(client));

    internal static async Task<IReadOnlyList<ProbeTicket>> LeaseAsync(HttpClient client, Lane lane = Lane.Shared)
    {
        using var answer = await client.PostAsJsonAsync(
            "lease",
            new LeaseRequest(Prober, LaneWords.Name(lane)),
            DeskJson.Default.LeaseRequest
        );
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(DeskJson.Default.LeaseAnswer))!.Tickets;
    }

    internal static async Task<ReportAnswer> ReportAsync(HttpClient client, params TicketReport[] reports)
    {
        using var answer = await client.PostAsJsonAsync(
            "results",
            new ReportBatch(Prober, reports),
            DeskJson.Default.ReportBatch
        );
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(DeskJson.Default.ReportAnswer))!;
    }

    internal static TicketReport Report(ProbeTicket ticket, params ProbeAttempt[] attempts) =>
        new()
        {
            Server = ticket.Server,
            Minute = ticket.Minute,
            Region = ticket.Region,
            Signature = ticket.Signature,
            Attempts = attempts.Length > 0 ? attempts : [Sample.Attempt(ServerState.Live)],
        };

    internal async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, object values)
    {
        await using var connection = await Storage.Doors.AllTenants.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, values)];
    }

    private static Plan Plan(string name) =>
        new()
        {
            Name = name,
            CadenceFloor = 1,
            MinuteHistory = RetentionClass.Days90,
            DayHistory = 90,
        };
}
