using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Servers.Maintenance;

/// <summary>A row of <c>servers.maintenance</c>.</summary>
internal sealed class MaintenanceWindow : ITenantOwned
{
    public int MaintenanceId { get; init; }

    public required TenantId TenantId { get; init; }

    public required ServerId ServerId { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required string? Note { get; init; }

    /// <summary>See <see cref="Recurrence"/>; null: once.</summary>
    public string? Rule { get; init; }

    public string? Zone { get; init; }

    public MaintenanceSpan Span => new(From, To, Note) { Rule = Rule, Zone = Zone };

    public static void Map(EntityTypeBuilder<MaintenanceWindow> window)
    {
        window.ToTable("maintenance", "servers").HasKey(row => row.MaintenanceId);
        window.Property(row => row.MaintenanceId).HasColumnName("maintenance_id").UseIdentityAlwaysColumn();
        window.Property(row => row.TenantId).HasColumnName("tenant_id");
        window.Property(row => row.ServerId).HasColumnName("server_id");
        window.Property(row => row.From).HasColumnName("from_at");
        window.Property(row => row.To).HasColumnName("to_at");
        window.Property(row => row.Note).HasColumnName("note");
        window.Property(row => row.Rule).HasColumnName("rrule");
        window.Property(row => row.Zone).HasColumnName("zone");
        window.Ignore(row => row.Span);
    }
}
