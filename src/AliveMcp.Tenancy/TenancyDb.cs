using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Tenants;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Tenancy;

/// <summary>Schema <c>tenancy</c>.</summary>
internal sealed class TenancyDb(DbContextOptions<TenancyDb> options, TenantScope scope) : RoomDb(options, scope)
{
    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Tenant>(Tenant.Map);
        modelBuilder.Entity<ApiKey>(ApiKey.Map);
        base.OnModelCreating(modelBuilder);
    }
}
