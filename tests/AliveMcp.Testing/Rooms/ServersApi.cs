using AliveMcp.Alerting;
using AliveMcp.Archive;
using AliveMcp.Collector;
using AliveMcp.Hosting.Problems;
using AliveMcp.Servers;
using AliveMcp.Storage;
using AliveMcp.Tenancy;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AliveMcp.Testing.Rooms;

/// <summary>The API of Servers, Archive and Alerting on a real socket and a database of its own. Charlie (tenant 77) is a stranger.</summary>
public sealed class ServersApi : IAsyncLifetime
{
    private readonly TestStorage _storage = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-api-");
    private WebApplication? _app;

    public static TenantId Charlie { get; } = new(77);

    /// <summary>The clock of the API; the machine's unless told.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Settings of the install, as in its configuration.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>What a test adds to the rooms.</summary>
    public Action<IServiceCollection> Furnish { get; init; } = _ => { };

    public Uri Url { get; private set; } = null!;

    /// <summary>Where the install's token stands.</summary>
    public string TokenFile => Path.Combine(_folder.FullName, "api-key");

    public TestStorage Storage => _storage;

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Services.AddSingleton(Clock);
        builder.Services.AddSingleton(new PlanTable([Plan("public", servers: 5), Plan("self_hosted", servers: null)]));
        builder
            .Services.AddAliveMcpStorage(_storage.Options, _storage.Redis)
            .AddTenancy()
            .AddServers()
            .AddCollector()
            .AddArchive()
            .AddAlerting();
        Furnish(builder.Services);
        _app = builder.Build();
        var api = _app.MapGroup("/api/v1").AddEndpointFilter<RouteGroupBuilder, ProblemFilter>();
        api.MapTenancy();
        api.MapServers();
        api.MapCollector();
        api.MapArchive();
        api.MapAlerting();
        _app.MapServersSchema();
        _app.MapAlertingPages();
        await _app.StartAsync();
        Url = new Uri(_app.Urls.Single());

        await Services.GetRequiredService<InstallKey>().EnsureAsync(TokenFile, CancellationToken.None);
        await ExecuteAsync(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (77, 'charlie', 'Charlie', 'public')"
        );
    }

    /// <summary>Gives a tenant a key with one scope.</summary>
    /// <returns>The token.</returns>
    public Task<string> GiveKeyAsync(TenantId tenant, string scope) =>
        TestKeys.GiveAsync(_storage.Doors, tenant, scope);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await _storage.DisposeAsync();
        TestFolders.Delete(_folder);
    }

    private async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, values);
    }

    private static Plan Plan(string name, int? servers) =>
        new()
        {
            Name = name,
            Servers = servers,
            Sinks = servers,
            PrivateServers = true,
            CadenceFloor = 1,
            MinuteHistory = RetentionClass.Days90,
            DayHistory = 90,
        };
}
