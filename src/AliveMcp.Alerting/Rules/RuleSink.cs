using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Alerting.Rules;

/// <summary>A rung of a rule's ladder: this sink hears after so many minutes without an answer.</summary>
internal sealed class RuleSink : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public int RuleId { get; init; }

    /// <summary>0: at once.</summary>
    public required short AfterMinutes { get; init; }

    public required int SinkId { get; init; }

    public static void Map(EntityTypeBuilder<RuleSink> rung)
    {
        rung.ToTable("rule_sink", "alerting")
            .HasKey(row => new
            {
                row.RuleId,
                row.AfterMinutes,
                row.SinkId,
            });
        rung.Property(row => row.TenantId).HasColumnName("tenant_id");
        rung.Property(row => row.RuleId).HasColumnName("rule_id");
        rung.Property(row => row.AfterMinutes).HasColumnName("after_minutes");
        rung.Property(row => row.SinkId).HasColumnName("sink_id");
    }
}
