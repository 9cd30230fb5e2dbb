using System.Security.Cryptography;
using AliveMcp.Contracts;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>Who did what: how its rows are hashed, read and checked. They are written by every room, through Storage.</summary>
public static class AuditTrailModule
{
    /// <summary>Registers the trail and the vault. Part of <see cref="TenancyModule.AddTenancy"/>; by itself for what needs nothing else of the room.</summary>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSecrets();
        services.AddSingleton<StateDigest>(utf8Json => SHA256.HashData(CanonicalJson.Canonicalize(utf8Json)));
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton(provider => new AuditAnchors(
            provider.GetRequiredService<PostgresDoors>(),
            provider.GetRequiredService<SecretVault>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        return services;
    }
}
