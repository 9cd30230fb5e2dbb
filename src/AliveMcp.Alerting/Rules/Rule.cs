using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Alerting.Rules;

/// <summary>Which alerts of a tenant go to which sinks. Empty lists mean all.</summary>
internal sealed partial class Rule : ITenantOwned
{
    public int RuleId { get; init; }

    public required TenantId TenantId { get; init; }

    public required string Name { get; set; }

    public required bool Enabled { get; set; }

    /// <summary>Slugs.</summary>
    public required string[] Servers { get; set; }

    public required string[] Tags { get; set; }

    /// <summary>Numbers of <see cref="Messages.AlertKind"/>.</summary>
    public required short[] Kinds { get; set; }

    /// <summary>Numbers of <see cref="Messages.Severity"/>.</summary>
    public required short[] Severities { get; set; }

    public required string[] Regions { get; set; }

    public TimeOnly? QuietFrom { get; set; }

    public TimeOnly? QuietTo { get; set; }

    public string? QuietZone { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Which list it comes from: <c>api</c> or <c>file</c>.</summary>
    public string ManagedBy { get; set; } = "api";

    /// <summary>Counts changes; names the state towards callers.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The ladder.</summary>
    public List<RuleSink> Ladder { get; init; } = [];

    public string Etag => FormattableString.Invariant($"\"{RuleId}-{Version}\"");

    public static void Map(EntityTypeBuilder<Rule> rule)
    {
        rule.ToTable("rule", "alerting").HasKey(row => row.RuleId);
        rule.Property(row => row.RuleId).HasColumnName("rule_id").UseIdentityAlwaysColumn();
        rule.Property(row => row.TenantId).HasColumnName("tenant_id");
        rule.Property(row => row.Name).HasColumnName("name");
        rule.Property(row => row.Enabled).HasColumnName("enabled");
        rule.Property(row => row.Servers).HasColumnName("servers");
        rule.Property(row => row.Tags).HasColumnName("tags");
        rule.Property(row => row.Kinds).HasColumnName("kinds");
        rule.Property(row => row.Severities).HasColumnName("severities");
        rule.Property(row => row.Regions).HasColumnName("regions");
        rule.Property(row => row.QuietFrom).HasColumnName("quiet_from");
        rule.Property(row => row.QuietTo).HasColumnName("quiet_to");
        rule.Property(row => row.QuietZone).HasColumnName("quiet_zone");
        rule.Property(row => row.CreatedAt).HasColumnName("created_at");
        rule.Property(row => row.ManagedBy).HasColumnName("managed_by");
        rule.Property(row => row.Version).HasColumnName("version").IsConcurrencyToken();
        rule.Ignore(row => row.Etag);
        rule.HasMany(row => row.Ladder).WithOne().HasForeignKey(step => step.RuleId);
    }
}
