using AliveMcp.Egress;
using AliveMcp.Servers.Files;
using AliveMcp.Storage;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Servers.Tests;

/// <summary>The room on a database of its own, with a clock that stands still. Charlie is a stranger on the plan <c>public</c>.</summary>
public sealed class Install : IAsyncLifetime
{
    public static readonly TenantId Charlie = new(77);

    /// <summary>Of a plan that looks every 5 minutes at the most.</summary>
    public static readonly TenantId Dora = new(78);

    public TestStorage Storage { get; } = new();

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 7, 33, 20, TimeSpan.Zero));

    public ServiceProvider Services { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Storage.InitializeAsync();
        var services = new ServiceCollection();
        AddTo(services);
        Services = services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }
        );
        await ExecuteAsync(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (77, 'charlie', 'Charlie', 'public'), (78, 'dora', 'Dora', 'slow')"
        );
    }

    public void AddTo(IServiceCollection services)
    {
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(new EgressGuard(new EgressOptions { Allow = ["127.0.0.1/32:8801"] }));
        services.AddSingleton(
            new PlanTable([
                Plan("public", RetentionClass.Days7, servers: 2, privateServers: false),
                Plan("self_hosted", RetentionClass.Days90, servers: null, privateServers: true),
                Plan("slow", RetentionClass.Days90, servers: null, privateServers: true) with
                {
                    CadenceFloor = 3,
                },
            ])
        );
        services.AddAliveMcpStorage(Storage.Options, Storage.Redis).AddTenancy().AddServers();
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Applies a file that is good; fails with its problems when it is not.</summary>
    public async Task<ApplyAnswer> ApplyAsync(string text, ApplyOptions? options = null, TenantId? tenant = null)
    {
        var applied = await TryApplyAsync(text, options, tenant);
        return applied.TryGet(out var answer)
            ? answer
            : throw new InvalidOperationException(
                string.Join('\n', applied.Problems.Select(problem => problem.Message))
            );
    }

    public Task<Result<ApplyAnswer>> TryApplyAsync(
        string text,
        ApplyOptions? options = null,
        TenantId? tenant = null
    ) =>
        Get<ServersFile>()
            .ApplyAsync(tenant ?? TenantId.Local, text, options ?? new ApplyOptions(), CancellationToken.None);

    /// <summary>Runs something in a scope of its own that acts for a tenant, or for nobody.</summary>
    public async Task<T> AsAsync<T>(TenantId? tenant, Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Services.CreateAsyncScope();
        if (tenant is { } known)
        {
            scope.ServiceProvider.GetRequiredService<TenantScope>().Act(known);
        }

        return await act(scope.ServiceProvider);
    }

    /// <summary>Asks the database past row security.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Storage.Doors.AllTenants.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, values)];
    }

    public async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var connection = await Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, values);
    }

    /// <summary>Forgets all servers, so that tests of one class may share an install.</summary>
    public async Task EmptyAsync()
    {
        await using var connection = new NpgsqlConnection(Storage.Options.Bootstrap.ConnectionString);
        await connection.ExecuteAsync(
            "TRUNCATE servers.server, servers.event, servers.public_listing, servers.maintenance, servers.wide_maintenance, storage.outbox, erasure.tombstone, erasure.tenant_tombstone, erasure.receipt"
        );
    }

    /// <summary>The number of one of the install's own servers.</summary>
    public async Task<ServerId> IdOfAsync(string slug) =>
        new((await QueryAsync<int>("SELECT server_id FROM servers.server WHERE slug = @slug", new { slug })).Single());

    public async ValueTask DisposeAsync()
    {
        if (Services is not null)
        {
            await Services.DisposeAsync();
        }

        await Storage.DisposeAsync();
    }

    private static Plan Plan(string name, RetentionClass retention, int? servers, bool privateServers) =>
        new()
        {
            Name = name,
            Servers = servers,
            PrivateServers = privateServers,
            CadenceFloor = 1,
            MinuteHistory = retention,
            DayHistory = 90,
        };
}
