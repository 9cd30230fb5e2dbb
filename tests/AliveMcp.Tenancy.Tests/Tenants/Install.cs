using AliveMcp.Storage;
using AliveMcp.Storage.Postgres;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.Tenants;

/// <summary>The room on a database of its own, with a clock that stands still.</summary>
public sealed class Install : IAsyncLifetime
{
    public static readonly TenantId Charlies = new(77);

    public TestStorage Storage { get; } = new();

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 7, 33, 0, TimeSpan.Zero));

    public ServiceProvider Services { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Storage.InitializeAsync();
        var services = new ServiceCollection();
        AddTo(services);
        Services = services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }
        );
        await using var connection = await Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (77, 'charlie', 'Charlie', 'public')"
        );
    }

    public void AddTo(IServiceCollection services)
    {
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(
            new PlanTable([
                Plan("public", RetentionClass.Days7) with
                {
                    Members = 3,
                    ApiKeys = 2,
                },
                Plan("self_hosted", RetentionClass.Days90),
            ])
        );
        services.AddAliveMcpStorage(Storage.Options, Storage.Redis).AddTenancy();
    }

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

    public async ValueTask DisposeAsync()
    {
        if (Services is not null)
        {
            await Services.DisposeAsync();
        }

        await Storage.DisposeAsync();
    }

    private static Plan Plan(string name, RetentionClass retention) =>
        new()
        {
            Name = name,
            CadenceFloor = 1,
            MinuteHistory = retention,
            DayHistory = 90,
        };
}
