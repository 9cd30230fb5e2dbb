using System.Security.Cryptography;
using AliveMcp.Contracts;
using AliveMcp.Storage.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>Who did what: how its rows are hashed, read and checked. They are written by every room, through Storage.</summary>
public static class AuditTrailModule
{
    /// <summary>Registers the trail. Part of <see cref="TenancyModule.AddTenancy"/>; by itself for what needs nothing else of the room.</summary>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services) =>
        services.AddSingleton<StateDigest>(utf8Json => SHA256.HashData(CanonicalJson.Canonicalize(utf8Json)));
}
