using AliveMcp.Storage.Migrations;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Storage;

/// <summary>Plumbing: the doors to Postgres and Redis, the migrations, the outbox.</summary>
public static class StorageModule
{
    /// <summary>Registers the doors. The caller has run <see cref="MigrationRunner"/> and opened Redis, so that a fault there is told before anything starts.</summary>
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
        services.AddScoped<TenantScope>();
        return services;
    }
}
