using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Servers.Maintenance;

/// <summary>A row of <c>servers.wide_maintenance</c>: a window of the servers with a tag, or of all of a tenant.</summary>
internal sealed class WideWindow : ITenantOwned
{
    public int MaintenanceId { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary>Of servers with one of these; none: of all.</summary>
    public required string[] Tags { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required string? Note { get; init; }

    /// <summary>See <see cref="Recurrence"/>; null: once.</summary>
    public string? Rule { get; init; }

    public string? Zone { get; init; }

    /// <summary>Which list it comes from: <c>api</c> or <c>file</c>.</summary>
    public required string ManagedBy { get; set; }

    public WideSpan Wide => new(new MaintenanceSpan(From, To, Note) { Rule = Rule, Zone = Zone }, Tags);

    public static WideWindow Of(WideSpan wide, TenantId tenant, string managedBy) =>
        new()
        {
            TenantId = tenant,
            Tags = [.. wide.Tags],
            From = wide.Span.From,
            To = wide.Span.To,
            Note = wide.Span.Note,
            Rule = wide.Span.Rule,
            Zone = wide.Span.Zone,
            ManagedBy = managedBy,
        };

    public static void Map(EntityTypeBuilder<WideWindow> window)
    {
        window.ToTable("wide_maintenance", "servers").HasKey(row => row.MaintenanceId);
        window
            .Property(row => row.MaintenanceId)
            .HasColumnName("maintenance_id")
            .HasDefaultValueSql("nextval('servers.maintenance_maintenance_id_seq')");
        window.Property(row => row.TenantId).HasColumnName("tenant_id");
        window.Property(row => row.Tags).HasColumnName("tags");
        window.Property(row => row.From).HasColumnName("from_at");
        window.Property(row => row.To).HasColumnName("to_at");
        window.Property(row => row.Note).HasColumnName("note");
        window.Property(row => row.Rule).HasColumnName("rrule");
        window.Property(row => row.Zone).HasColumnName("zone");
        window.Property(row => row.ManagedBy).HasColumnName("managed_by");
        window.Ignore(row => row.Wide);
    }
}

/// <summary>A window of more than one server.</summary>
/// <param name="Span">When.</param>
/// <param name="Tags">Of servers with one of these, sorted; none: of all.</param>
internal sealed record WideSpan(MaintenanceSpan Span, IReadOnlyList<string> Tags)
{
    /// <summary>For people, for example <c>2026-12-01T22:00:00Z prod</c>.</summary>
    public string Name =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Span.From.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {(Tags.Count == 0 ? "all" : string.Join(' ', Tags))}"
        );

    /// <summary>Whether the other is of the same servers at the same times.</summary>
    public bool IsSame(WideSpan other) => Span == other.Span && Tags.SequenceEqual(other.Tags, StringComparer.Ordinal);
}
