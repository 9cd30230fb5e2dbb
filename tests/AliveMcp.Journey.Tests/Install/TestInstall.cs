using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using AliveMcp.Collector;
using AliveMcp.Collector.Fleet;
using AliveMcp.Hosting.Plans;
using AliveMcp.Servers;
using AliveMcp.Servers.Files;
using AliveMcp.Storage;
using AliveMcp.Tenancy;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Journey.Tests.Install;

/// <summary>
/// An install as an operator would run it: a database, a Redis-protocol server, and the real executables, each role a process of its own
/// that a test may kill.
/// </summary>
public sealed class TestInstall : IAsyncDisposable
{
    /// <summary>Shared and generous: a machine under load is slow, not wrong.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly List<IAsyncDisposable> _running = [];
    private readonly ServiceProvider _rooms;

    private TestInstall(TestStorage storage)
    {
        Storage = storage;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(PlansFile.Read(Path.Combine(ProgramUnderTest.Repository(), "deploy", "plans.yaml")));
        services.AddAliveMcpStorage(storage.Options, storage.Redis);
        services.AddTenancy().AddServers().AddCollector();
        _rooms = services.BuildServiceProvider();
    }

    public TestStorage Storage { get; }

    /// <summary>Where the web role answers.</summary>
    public HttpClient Web { get; private set; } = null!;

    public static async Task<TestInstall> CreateAsync(params IEnumerable<string> regions)
    {
        var install = new TestInstall(await TestStorage.CreateAsync());
        var tokens = install._rooms.GetRequiredService<RegionTokens>();
        foreach (var region in regions)
        {
            install._tokens[region] = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
            await tokens.EnsureAsync(Region.Of(region), region, install._tokens[region], CancellationToken.None);
        }

        return install;
    }

    /// <summary>Says what is watched, as the servers file would.</summary>
    public async Task WatchAsync(string slug, Uri url)
    {
        var file = JsonSerializer.Serialize(
            new
            {
                servers = new[]
                {
                    new
                    {
                        slug,
                        name = slug,
                        url = url.AbsoluteUri,
                    },
                },
            }
        );
        var applied = await _rooms
            .GetRequiredService<ServersFile>()
            .ApplyAsync(TenantId.Local, file, new ApplyOptions { TrustsAddresses = true }, CancellationToken.None);
        Assert.Empty(applied.Problems);
    }

    /// <summary>Starts a process with these roles and waits until it is ready; <c>web</c> among them becomes <see cref="Web"/>.</summary>
    public async Task<RunningHost> StartAsync(string roles)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var program = ProgramUnderTest.Start(
            "AliveMcp.Host",
            [],
            new Dictionary<string, string>
            {
                ["Roles"] = roles,
                ["ASPNETCORE_URLS"] = url.AbsoluteUri,
                ["ConnectionStrings__Postgres"] = Storage.Options.Bootstrap.ConnectionString,
                ["ConnectionStrings__Redis"] = Storage.Options.Redis,
            }
        );
        var host = new RunningHost(program, ClientOf(url));
        _running.Add(host);
        await host.BecomeReadyAsync();
        if (roles.Contains("web", StringComparison.Ordinal) || roles == "all")
        {
            Web = host.Client;
        }

        return host;
    }

    /// <summary>Starts a real prober for a region.</summary>
    public ProgramUnderTest StartProber(string region, RunningHost desk, params IEnumerable<Uri> targets)
    {
        var environment = new Dictionary<string, string>
        {
            ["Prober__Desk"] = new Uri(desk.Url, "/prober/v1/").AbsoluteUri,
            ["Prober__Token"] = _tokens[region],
            ["Prober__Region"] = region,
            ["Prober__Name"] = region + "-1",
        };
        foreach (var (place, target) in targets.Index())
        {
            environment[$"Egress__Allow__{place}"] = $"127.0.0.1/32:{target.Port}";
        }

        var program = ProgramUnderTest.Start("AliveMcp.Prober", [], environment);
        _running.Add(program);
        return program;
    }

    /// <summary>A prober whose strings the test pulls: it speaks the desk's protocol and says what it is told to say.</summary>
    public PuppetProber Puppet(string region, RunningHost desk) => new(desk, region, _tokens[region]);

    /// <summary>What the public JSON says of a server.</summary>
    public async Task<JsonElement> EmbedAsync(string slug)
    {
        using var answer = await Web.GetAsync(new Uri($"/api/embed-status/{slug}", UriKind.Relative));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    /// <summary>Waits until the public JSON gives this state.</summary>
    public Task<JsonElement> EmbedSaysAsync(string slug, string state) =>
        Eventually.GetAsync(
            () => EmbedAsync(slug),
            json => json.TryGetProperty("state", out var said) && said.GetString() == state,
            Patience
        );

    public Task<string> TextAsync(string path) => Web.GetStringAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        foreach (var running in Enumerable.Reverse(_running))
        {
            await running.DisposeAsync();
        }

        await _rooms.DisposeAsync();
        await Storage.DisposeAsync();
    }

    private static HttpClient ClientOf(Uri url) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
