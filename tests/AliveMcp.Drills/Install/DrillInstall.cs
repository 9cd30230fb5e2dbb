using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AliveMcp.Collector;
using AliveMcp.Collector.Fleet;
using AliveMcp.Drills.Town;
using AliveMcp.Hosting.Plans;
using AliveMcp.Servers;
using AliveMcp.Storage;
using AliveMcp.Tenancy;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Drills.Install;

/// <summary>An install as an operator would run it, each role a real process of its own that a drill may kill: Postgres, the embedded Redis-protocol server, hosts, probers.</summary>
internal sealed class DrillInstall : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly List<IAsyncDisposable> _running = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly ServiceProvider _rooms;
    private readonly RealRedis? _redis;

    private DrillInstall(TestStorage storage, RealRedis? redis)
    {
        (Storage, _redis) = (storage, redis);
        Minutes = new DrillMinutes(storage.Options.Bootstrap.ConnectionString);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(PlansFile.Read(Path.Combine(ProgramUnderTest.Repository(), "deploy", "plans.yaml")));
        services.AddAliveMcpStorage(storage.Options, redis?.Door ?? storage.Redis);
        services.AddTenancy().AddServers().AddCollector();
        _rooms = services.BuildServiceProvider();
    }

    public TestStorage Storage { get; }

    /// <summary>What the archive says.</summary>
    public DrillMinutes Minutes { get; }

    /// <summary>The name of every process that was started, by its number.</summary>
    public IReadOnlyDictionary<int, string> Names => _names;

    /// <summary>On the embedded Redis-protocol server.</summary>
    public static Task<DrillInstall> CreateAsync(params IEnumerable<string> regions) => CreateAsync(null, regions);

    /// <summary>On a Redis that writes its log every second, as in production; it ends with the install.</summary>
    public static async Task<DrillInstall> CreateOnRedisAsync(params IEnumerable<string> regions)
    {
        var redis = new RealRedis { WritesItsLog = true };
        await redis.InitializeAsync();
        return await CreateAsync(redis, regions);
    }

    private static async Task<DrillInstall> CreateAsync(RealRedis? redis, IEnumerable<string> regions)
    {
        var install = new DrillInstall(await TestStorage.CreateAsync(), redis);
        var tokens = install._rooms.GetRequiredService<RegionTokens>();
        foreach (var region in regions)
        {
            install._tokens[region] = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
            await tokens.EnsureAsync(Region.Of(region), region, install._tokens[region], CancellationToken.None);
        }

        install._names[redis?.ProcessId ?? install.Storage.RedisServer.ProcessId] = "redis";
        return install;
    }

    /// <summary>Starts a process with these roles and waits until it is ready.</summary>
    /// <param name="roles">As in the setting of that name.</param>
    /// <param name="name">For the table of processes; null: the roles.</param>
    /// <param name="settings">Over those that a drill's install has.</param>
    public async Task<(ProgramUnderTest Program, Uri Url)> StartHostAsync(
        string roles,
        string? name = null,
        params IEnumerable<(string Key, string Value)> settings
    )
    {
        var url = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        var environment = new Dictionary<string, string>
        {
            ["Roles"] = roles,
            ["ASPNETCORE_URLS"] = url.AbsoluteUri,
            ["ConnectionStrings__Postgres"] = Storage.Options.Bootstrap.ConnectionString,
            ["ConnectionStrings__Redis"] = _redis?.ConnectionString ?? Storage.Options.Redis,
            // The town stands on loopback for want of a network; its people live as if they were out there.
            ["Lanes__Shared__0"] = "127.0.0.0/8:*",
        };
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        var program = ProgramUnderTest.Start("AliveMcp.Host", [], environment);
        _running.Add(program);
        _names[program.Id] = name ?? roles;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        await Waiting.ForAsync(() => IsReadyAsync(program, client), Patience, $"{roles} to be ready");
        return (program, url);
    }

    /// <summary>Starts a real prober for a region, for targets on the loopback.</summary>
    public ProgramUnderTest StartProber(string region, Uri desk, params (string Key, string Value)[] settings)
    {
        var name = settings.FirstOrDefault(setting => setting.Key == "Prober__Name").Value ?? region + "-1";
        var environment = new Dictionary<string, string>
        {
            ["Prober__Desk"] = new Uri(desk, "/prober/v1/").AbsoluteUri,
            ["Prober__Token"] = _tokens[region],
            ["Prober__Region"] = region,
            ["Prober__Name"] = name,
            ["Prober__ExitWithStdin"] = "true",
            ["Egress__Allow__0"] = "127.0.0.0/8:*",
        };
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        var program = ProgramUnderTest.Start("AliveMcp.Prober", [], environment);
        _running.Add(program);
        _names[program.Id] = "prober " + name;
        return program;
    }

    public Task<TenantId> AddTenantAsync(int number) =>
        new Census(Storage.Options.Bootstrap.ConnectionString).AddTenantAsync(number);

    /// <summary>Puts servers of the town on the watch list.</summary>
    public Task WatchAsync(Plot plot, int port, int from, int count, TenantId tenant, int quorum = 1) =>
        new Census(Storage.Options.Bootstrap.ConnectionString).AddAsync(plot, port, from, count, tenant, quorum);

    public async ValueTask DisposeAsync()
    {
        foreach (var running in Enumerable.Reverse(_running))
        {
            await running.DisposeAsync();
        }

        await _rooms.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        await Storage.DisposeAsync();
    }

    private static async Task<bool> IsReadyAsync(ProgramUnderTest program, HttpClient client)
    {
        if (program.HasExited)
        {
            throw new InvalidOperationException($"A host ended:\n{program.Output}");
        }

        try
        {
            using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
