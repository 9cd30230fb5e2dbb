using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Servers.Catalogue;

/// <summary>One entry of a server's timeline.</summary>
[NotAudited("the timeline: told with the row of its server")]
internal sealed class ServerEvent : ITenantOwned
{
    public const string Created = "created";
    public const string UrlChanged = "url_changed";
    public const string Paused = "paused";
    public const string Resumed = "resumed";
    public const string MadePublic = "made_public";
    public const string MadePrivate = "made_private";
    public const string EraChanged = "era_changed";

    public long EventId { get; init; }

    public required TenantId TenantId { get; init; }

    public required ServerId ServerId { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>JSON object.</summary>
    public required string Detail { get; init; }

    public static void Map(EntityTypeBuilder<ServerEvent> entry)
    {
        entry.ToTable("event", "servers").HasKey(row => row.EventId);
        entry.Property(row => row.EventId).HasColumnName("event_id").UseIdentityAlwaysColumn();
        entry.Property(row => row.TenantId).HasColumnName("tenant_id");
        entry.Property(row => row.ServerId).HasColumnName("server_id");
        entry.Property(row => row.Kind).HasColumnName("kind");
        entry.Property(row => row.At).HasColumnName("at");
        entry.Property(row => row.Detail).HasColumnName("detail").HasColumnType("jsonb");
    }
}
