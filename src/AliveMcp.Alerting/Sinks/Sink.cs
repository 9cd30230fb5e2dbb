using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Alerting.Sinks;

/// <summary>A row of <c>alerting.sink</c>.</summary>
internal sealed class Sink : ITenantOwned
{
    public int SinkId { get; init; }

    public required TenantId TenantId { get; init; }

    public required SinkKind Kind { get; init; }

    public required string Name { get; set; }

    /// <summary>JSON of the kind's own shape, nothing secret.</summary>
    public required string Settings { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? VerifiedAt { get; set; }

    public DateTimeOffset? DisabledAt { get; set; }

    public string? DisabledWhy { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>Since when messages are answered with 404.</summary>
    public DateTimeOffset? NotFoundSince { get; set; }

    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>When the owner was told of its trouble; null: she was not, or there is none.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>Which list it comes from: <c>api</c> or <c>file</c>.</summary>
    public string ManagedBy { get; set; } = "api";

    /// <summary>See <see cref="Sinks.SecretMark"/>; null: unknown.</summary>
    public byte[]? SecretMark { get; set; }

    /// <summary>Counts changes; its ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>In one word, the gravest first.</summary>
    public string State =>
        this switch
        {
            { DisabledAt: not null } => "disabled",
            { VerifiedAt: null } => "unverified",
            { FailingSince: not null } or { NotFoundSince: not null } => "failing",
            _ => "verified",
        };

    /// <summary>For the audit trail: what people chose, and nothing that could be guessed from its hash.</summary>
    public object Told =>
        new
        {
            Kind,
            Name,
            VerifiedAt,
            DisabledAt,
            Version,
        };

    /// <summary>Its address is another, or is to be proven anew: nothing is sent there before.</summary>
    public void Unverify()
    {
        VerifiedAt = DisabledAt = FailingSince = NotFoundSince = LookedAt = ToldAt = null;
        DisabledWhy = null;
    }

    /// <summary>It was proven.</summary>
    public void Verify(DateTimeOffset now)
    {
        Unverify();
        VerifiedAt = LookedAt = now;
        Version++;
    }

    public static void Map(EntityTypeBuilder<Sink> sink)
    {
        sink.ToTable("sink", "alerting").HasKey(row => row.SinkId);
        sink.Property(row => row.SinkId).HasColumnName("sink_id").UseIdentityAlwaysColumn();
        sink.Property(row => row.TenantId).HasColumnName("tenant_id");
        sink.Property(row => row.Kind).HasColumnName("kind").HasConversion<short>();
        sink.Property(row => row.Name).HasColumnName("name");
        sink.Property(row => row.Settings).HasColumnName("settings").HasColumnType("jsonb");
        sink.Property(row => row.CreatedAt).HasColumnName("created_at");
        sink.Property(row => row.VerifiedAt).HasColumnName("verified_at");
        sink.Property(row => row.DisabledAt).HasColumnName("disabled_at");
        sink.Property(row => row.DisabledWhy).HasColumnName("disabled_why");
        sink.Property(row => row.FailingSince).HasColumnName("failing_since");
        sink.Property(row => row.NotFoundSince).HasColumnName("not_found_since");
        sink.Property(row => row.LookedAt).HasColumnName("looked_at");
        sink.Property(row => row.ToldAt).HasColumnName("told_at");
        sink.Property(row => row.ManagedBy).HasColumnName("managed_by");
        sink.Property(row => row.SecretMark).HasColumnName("secret_mark");
        sink.Property(row => row.Version).HasColumnName("version").IsConcurrencyToken();
        sink.Ignore(row => row.State);
        sink.Ignore(row => row.Told);
    }
}
