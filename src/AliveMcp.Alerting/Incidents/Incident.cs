using AliveMcp.Alerting.Messages;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Alerting.Incidents;

/// <summary>A row of <c>alerting.incident</c>: from the first bad minute to the end. Loops open and end it; people answer it.</summary>
internal sealed class Incident : ITenantOwned
{
    public long IncidentId { get; init; }

    public required TenantId TenantId { get; init; }

    public required ServerId ServerId { get; init; }

    public required AlertKind Kind { get; init; }

    public required Severity Severity { get; init; }

    public string State { get; set; } = IncidentState.Open;

    public Why Why { get; init; }

    public required string Summary { get; init; }

    /// <summary>Start of the first bad minute.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The minute whose seal confirmed it.</summary>
    public required int ConfirmedIn { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>What who did it is called.</summary>
    public string? AcknowledgedBy { get; set; }

    /// <summary>Why it does not count; null: it does.</summary>
    public string? ExcludedReason { get; set; }

    public bool IsResolved => State == IncidentState.Resolved;

    public static void Map(EntityTypeBuilder<Incident> incident)
    {
        incident.ToTable("incident", "alerting").HasKey(row => row.IncidentId);
        incident.Property(row => row.IncidentId).HasColumnName("incident_id").UseIdentityAlwaysColumn();
        incident.Property(row => row.TenantId).HasColumnName("tenant_id");
        incident.Property(row => row.ServerId).HasColumnName("server_id");
        incident.Property(row => row.Kind).HasColumnName("kind");
        incident.Property(row => row.Severity).HasColumnName("severity");
        incident.Property(row => row.State).HasColumnName("state");
        incident.Property(row => row.Why).HasColumnName("failure_reason");
        incident.Property(row => row.Summary).HasColumnName("summary");
        incident.Property(row => row.StartedAt).HasColumnName("started_at");
        incident.Property(row => row.ConfirmedIn).HasColumnName("confirmed_in");
        incident.Property(row => row.OpenedAt).HasColumnName("opened_at");
        incident.Property(row => row.ResolvedAt).HasColumnName("resolved_at");
        incident.Property(row => row.AcknowledgedAt).HasColumnName("acknowledged_at");
        incident.Property(row => row.AcknowledgedBy).HasColumnName("acknowledged_by");
        incident.Property(row => row.ExcludedReason).HasColumnName("excluded_reason");
        incident.Ignore(row => row.IsResolved);
    }
}
