using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>A customer. The two built-in ones come with the first migration.</summary>
internal sealed class Tenant : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    /// <summary>Name of a plan in the plan table.</summary>
    public required string Plan { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public static void Map(EntityTypeBuilder<Tenant> tenant)
    {
        tenant.ToTable("tenant", "tenancy").HasKey(row => row.TenantId);
        tenant.Property(row => row.TenantId).HasColumnName("tenant_id").ValueGeneratedNever();
        tenant.Property(row => row.Slug).HasColumnName("slug");
        tenant.Property(row => row.Name).HasColumnName("name");
        tenant.Property(row => row.Plan).HasColumnName("plan");
        tenant.Property(row => row.CreatedAt).HasColumnName("created_at").ValueGeneratedOnAdd();
    }
}
