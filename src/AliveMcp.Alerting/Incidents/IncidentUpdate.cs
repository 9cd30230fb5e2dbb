using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Alerting.Incidents;

/// <summary>A row of <c>alerting.incident_update</c>: what was said while an incident lasted.</summary>
internal sealed class IncidentUpdate : ITenantOwned
{
    /// <summary>Of what the people who own the server say to everybody.</summary>
    public const string Said = "said";

    /// <summary>Of what they say among themselves.</summary>
    public const string Noted = "noted";

    public long UpdateId { get; init; }

    public required TenantId TenantId { get; init; }

    public required ServerId ServerId { get; init; }

    public required long IncidentId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>For example <c>opened</c>, <c>acknowledged</c>, <c>said</c>, <c>resolved</c>.</summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }

    /// <summary>Null: ourselves.</summary>
    public string? Author { get; init; }

    public static void Map(EntityTypeBuilder<IncidentUpdate> update)
    {
        update.ToTable("incident_update", "alerting").HasKey(row => row.UpdateId);
        update.Property(row => row.UpdateId).HasColumnName("update_id").UseIdentityAlwaysColumn();
        update.Property(row => row.TenantId).HasColumnName("tenant_id");
        update.Property(row => row.ServerId).HasColumnName("server_id");
        update.Property(row => row.IncidentId).HasColumnName("incident_id");
        update.Property(row => row.At).HasColumnName("at");
        update.Property(row => row.Kind).HasColumnName("kind");
        update.Property(row => row.Text).HasColumnName("text");
        update.Property(row => row.Author).HasColumnName("author");
    }
}
