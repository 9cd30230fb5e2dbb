using AliveMcp.Hosting;
using AliveMcp.Hosting.Plans;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Redis;
using AliveMcp.Tenancy.Operators;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Testing.Rooms;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>
/// Two web replicas of the real Host over one Postgres and one Redis-protocol server. Alice (tenant 1001) and Bob's tenant (1002) are
/// customers, 1003 is suspended; Olga operates, Ada audits.
/// </summary>
public class Replicas : IAsyncLifetime
{
    private readonly List<WebApplication> _apps = [];
    private readonly List<RedisDoor> _doors = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-keys-");

    public static TenantId Alices { get; } = new(1001);

    public static TenantId Bobs { get; } = new(1002);

    public static TenantId Suspended { get; } = new(1003);

    public TestStorage Storage { get; } = new();

    /// <summary>How much may be asked in a minute: of an address, and of a caller.</summary>
    protected virtual (int OfAddress, int OfCaller) Limits => (1_000_000, 1_000_000);

    /// <summary>What secrets are sealed by.</summary>
    public string KeyFile => Path.Combine(_folder.FullName, "keys");

    /// <summary>Settings beside the usual.</summary>
    protected virtual IReadOnlyDictionary<string, string?> MoreSettings { get; } = new Dictionary<string, string?>();

    /// <summary>The first of the two, for looking at what it is made of.</summary>
    public WebApplication App => _apps[0];

    public IReadOnlyList<Uri> Urls { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Storage.InitializeAsync();
        AliveMcp.Tenancy.Secrets.KeyFile.AddVersion(KeyFile);
        await using (var connection = await Storage.Doors.AllTenants.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO tenancy.tenant (tenant_id, slug, name, plan, status) VALUES
                    (1001, 'alice', 'Alice', 'enterprise', 'active'),
                    (1002, 'bob', 'Bob', 'enterprise', 'active'),
                    (1003, 'late', 'Late', 'enterprise', 'suspended')
                """
            );
        }

        for (var replica = 0; replica < 2; replica++)
        {
            _apps.Add(await StartAsync());
        }

        Urls = [.. _apps.Select(app => new Uri(app.Urls.Single()))];
    }

    /// <summary>Somebody who is signed in.</summary>
    public TestPeople People => new(Storage.Doors, App.Services.GetRequiredService<SessionDesk>());

    /// <summary>Gives a tenant a key with one scope.</summary>
    public Task<string> KeyAsync(TenantId tenant, string scope) => TestKeys.GiveAsync(Storage.Doors, tenant, scope);

    /// <summary>Makes an operator or auditor.</summary>
    public async Task<string> OperatorAsync(Layer layer, TenantId? tenant)
    {
        var desk = App.Services.GetRequiredService<OperatorDesk>();
        var added = await desk.AddAsync(
            "Olga",
            layer,
            tenant,
            TimeSpan.FromDays(1),
            Actor.AtTerminal,
            CancellationToken.None
        );
        return added.TryGet(out var token) ? token : throw new InvalidOperationException(added.Problems[0].Message);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        _doors.ForEach(door => door.Dispose());
        await Storage.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Nobody listens unless told.</summary>
    protected virtual void ConfigureLogs(ILoggingBuilder logs) { }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection([
            KeyValuePair.Create("Limits:AddressPerMinute", (string?)$"{Limits.OfAddress}"),
            KeyValuePair.Create("Limits:CallerPerMinute", (string?)$"{Limits.OfCaller}"),
            KeyValuePair.Create("Limits:TenantPerMinute", (string?)"1000000"),
            KeyValuePair.Create("Secrets:KeyFile", (string?)KeyFile),
        ]);
        builder.AddAliveMcpHosting();
        builder.Configuration.AddInMemoryCollection(MoreSettings);
        builder.Logging.ClearProviders();
        ConfigureLogs(builder.Logging);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var roles = HostRoles.Read(
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Roles", (string?)"web")]).Build()
        );
        var redis = await RedisDoor.OpenAsync(Storage.Options);
        _doors.Add(redis);
        builder.Services.AddRooms(roles, Storage.Options, redis, PlansFile.Read(PlansFile.DefaultPath));
        var app = builder.Build();
        app.UseAliveMcpHosting();
        app.MapRooms(roles);
        await app.StartAsync();
        return app;
    }
}

/// <summary>The same with little to spend.</summary>
public sealed class NarrowReplicas : Replicas
{
    public const int OfAddress = 5;
    public const int OfCaller = 8;

    protected override (int OfAddress, int OfCaller) Limits => (OfAddress, OfCaller);
}

/// <summary>The same with every log line kept, and with a provider whose client secret is in the settings.</summary>
public sealed class ListeningReplicas : Replicas
{
    public const string ClientSecret = "planted-client-secret-0123456789abcdef";

    internal HeardLogs Logs { get; } = new();

    protected override IReadOnlyDictionary<string, string?> MoreSettings { get; } =
        new Dictionary<string, string?>
        {
            ["SignIn:GitHub:ClientId"] = "planted-client",
            ["SignIn:GitHub:ClientSecret"] = ClientSecret,
        };

    protected override void ConfigureLogs(ILoggingBuilder logs) =>
        logs.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace).AddFilter(static (_, _) => true);
}
