using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Alerting.Sinks.Proofs;

/// <summary>A row of <c>alerting.sink_proof</c>: how a sink is to be proven.</summary>
[NotAudited("a proof comes and goes with the sink that is audited; tries are counted, not chosen")]
internal sealed class SinkProof : ITenantOwned
{
    /// <summary>A code has 40 bits: five tries find none.</summary>
    public const int MostTries = 5;

    public required TenantId TenantId { get; init; }

    public required int SinkId { get; init; }

    public required DateTimeOffset WantedAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public byte[]? Hash { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public string? Detail { get; set; }

    public DateTimeOffset? ClaimedUntil { get; set; }

    public int Tries { get; set; }

    /// <summary>Begins anew: the worker sends a new code, the old one is good no more.</summary>
    public void Want(DateTimeOffset now, TimeSpan life, byte[]? hash)
    {
        (WantedAt, ExpiresAt, Hash) = (now, now + life, hash);
        (SentAt, Detail, ClaimedUntil, Tries) = (null, null, null, 0);
    }

    public static void Map(EntityTypeBuilder<SinkProof> proof)
    {
        proof.ToTable("sink_proof", "alerting").HasKey(row => new { row.TenantId, row.SinkId });
        proof.Property(row => row.TenantId).HasColumnName("tenant_id");
        proof.Property(row => row.SinkId).HasColumnName("sink_id").ValueGeneratedNever();
        proof.Property(row => row.WantedAt).HasColumnName("wanted_at");
        proof.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        proof.Property(row => row.Hash).HasColumnName("hash");
        proof.Property(row => row.SentAt).HasColumnName("sent_at");
        proof.Property(row => row.Detail).HasColumnName("detail");
        proof.Property(row => row.ClaimedUntil).HasColumnName("claimed_until");
        proof.Property(row => row.Tries).HasColumnName("tries");
    }
}
