using AliveMcp.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>The vault and its keys.</summary>
public static class SecretsModule
{
    /// <summary>Registers the vault. Part of <see cref="AuditTrail.AuditTrailModule.AddAuditTrail"/>, which signs with one of its keys. Another <see cref="IKeyProvider"/> that is registered before takes the key file's place.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IKeyProvider>(provider => KeyFile.From(provider.GetService<IConfiguration>()));
        services.AddSingleton(provider => new DataKeys(
            provider.GetRequiredService<IKeyProvider>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider => new SecretVault(
            provider.GetRequiredService<PostgresDoors>(),
            provider.GetRequiredService<IKeyProvider>(),
            provider.GetRequiredService<DataKeys>()
        ));
        services.AddSingleton(provider => new ThingVault(
            provider.GetRequiredService<PostgresDoors>(),
            provider.GetRequiredService<IKeyProvider>(),
            provider.GetRequiredService<DataKeys>()
        ));
        services.AddSingleton(provider => new SecretRotation(
            provider.GetRequiredService<PostgresDoors>(),
            provider.GetRequiredService<IKeyProvider>(),
            provider.GetRequiredService<DataKeys>()
        ));
        return services;
    }
}
