using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>A key as it is kept: the token itself is known to its owner alone.</summary>
internal sealed class ApiKey : ITenantOwned
{
    public int ApiKeyId { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary>The part of the token by which the row is found; not secret.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the whole token.</summary>
    public required byte[] SecretHash { get; init; }

    public required string Name { get; init; }

    /// <summary>See <see cref="ApiKeyScopes"/>.</summary>
    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public bool IsGood(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);

    public static void Map(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_key", "tenancy").HasKey(row => row.ApiKeyId);
        key.Property(row => row.ApiKeyId).HasColumnName("api_key_id").UseIdentityAlwaysColumn();
        key.Property(row => row.TenantId).HasColumnName("tenant_id");
        key.Property(row => row.Prefix).HasColumnName("prefix");
        key.Property(row => row.SecretHash).HasColumnName("secret_hash");
        key.Property(row => row.Name).HasColumnName("name");
        key.Property(row => row.Scopes).HasColumnName("scopes");
        key.Property(row => row.CreatedAt).HasColumnName("created_at");
        key.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        key.Property(row => row.LastUsedAt).HasColumnName("last_used_at");
        key.Property(row => row.RevokedAt).HasColumnName("revoked_at");
    }
}
