using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Install;
using AliveMcp.Storage.Migrations;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Storage;

/// <summary>Plumbing: the doors to Postgres and Redis, the migrations, the outbox, the audit trail.</summary>
public static class StorageModule
{
    /// <summary>Registers the doors. The caller has run <see cref="MigrationRunner"/> and opened Redis, so that a fault there is told before anything starts. Audit rows need a <see cref="StateDigest"/>, which Tenancy gives.</summary>
    public static IServiceCollection AddAliveMcpStorage(
        this IServiceCollection services,
        StorageOptions options,
        RedisDoor redis
    )
    {
        services.AddSingleton(options);
        services.AddSingleton(redis);
        services.AddSingleton<PostgresDoors>();
        services.AddSingleton<RedisClock>();
        services.AddSingleton<InstallNumber>();
        services.AddScoped<TenantScope>();
        services.AddScoped<ActorScope>();
        services.AddSingleton(provider => new AuditWriter(provider.GetRequiredService<StateDigest>()));
        return services;
    }
}
