using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Storage.Outbox;

[NotAudited("what is told to other rooms of a change that has a row of its own")]
internal sealed class OutboxRow : ITenantOwned
{
    public long OutboxId { get; private set; }

    public required TenantId TenantId { get; init; }

    public required string Topic { get; init; }

    public required string Reader { get; init; }

    public required string Record { get; init; }

    public static void Map(EntityTypeBuilder<OutboxRow> row)
    {
        row.ToTable("outbox", "storage").HasKey(outbox => outbox.OutboxId);
        row.Property(outbox => outbox.OutboxId).HasColumnName("outbox_id").UseIdentityAlwaysColumn();
        row.Property(outbox => outbox.TenantId).HasColumnName("tenant_id");
        row.Property(outbox => outbox.Topic).HasColumnName("topic");
        row.Property(outbox => outbox.Reader).HasColumnName("reader");
        row.Property(outbox => outbox.Record).HasColumnName("record").HasColumnType("jsonb");
    }
}
