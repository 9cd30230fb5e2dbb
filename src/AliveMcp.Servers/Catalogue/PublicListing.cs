using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Servers.Catalogue;

/// <summary>The public facts of one public server, kept beside it in the same transaction. Everybody reads it, its owner writes it.</summary>
[NotAudited("a copy of what a server says of itself, which has its own row")]
internal sealed class PublicListing : ITenantOwned
{
    public required string PublicSlug { get; init; }

    public required TenantId TenantId { get; init; }

    public required ServerId ServerId { get; init; }

    public required string Name { get; set; }

    public required string DisplayUrl { get; set; }

    public required string[] Tags { get; set; }

    public required bool Paused { get; set; }

    public static PublicListing Of(Server server) =>
        new()
        {
            PublicSlug = server.PublicSlug!,
            TenantId = server.TenantId,
            ServerId = server.ServerId,
            Name = server.Name,
            DisplayUrl = server.Origin,
            Tags = server.Tags,
            Paused = server.PausedAt is not null,
        };

    public void Follow(Server server)
    {
        Name = server.Name;
        DisplayUrl = server.Origin;
        Tags = server.Tags;
        Paused = server.PausedAt is not null;
    }

    public static void Map(EntityTypeBuilder<PublicListing> listing)
    {
        listing.ToTable("public_listing", "servers").HasKey(row => row.PublicSlug);
        listing.Property(row => row.PublicSlug).HasColumnName("public_slug");
        listing.Property(row => row.TenantId).HasColumnName("tenant_id");
        listing.Property(row => row.ServerId).HasColumnName("server_id");
        listing.Property(row => row.Name).HasColumnName("name");
        listing.Property(row => row.DisplayUrl).HasColumnName("display_url");
        listing.Property(row => row.Tags).HasColumnName("tags");
        listing.Property(row => row.Paused).HasColumnName("paused");
    }
}
