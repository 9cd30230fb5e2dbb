using System.Text.Json;
using AliveMcp.Alerting.Sinks.Proofs;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Sinks;

/// <summary>What every act on sinks asks: which kinds there are, what the plan allows, how a proof begins.</summary>
internal sealed class SinkSetup(SinkKinds kinds, TenantPlans plans, ThingVault vault, TimeProvider clock)
{
    /// <summary>Any number that the other advisory locks of the house do not use: changes of one tenant's sinks come one after another.</summary>
    private const int LockKey = 0x534B;

    public IEnumerable<string> Words => kinds.All.Order().Select(SinkWords.Of);

    public bool TryKind(JsonElement word, out SinkKind kind)
    {
        kind = default;
        return word.ValueKind == JsonValueKind.String
            && SinkWords.TryParse(word.GetString(), out kind)
            && kinds.All.Contains(kind);
    }

    public ISinkSettings Settings(SinkKind kind) => kinds.Settings(kind);

    public ISinkProof Proof(SinkKind kind) => kinds.Proof(kind);

    /// <summary>Why such a sink cannot be kept here; null: it can.</summary>
    public Problem? Refusal(SinkWish wish) =>
        vault.IsReady || (wish.Secret ?? wish.Key) is null ? null : SinkProblems.NotReady;

    /// <summary>What the plan says against another sink; null: nothing.</summary>
    public async Task<Problem?> FullAsync(
        TenantId tenant,
        int count,
        SinkKind kind,
        CancellationToken cancellationToken
    )
    {
        var plan = await plans.OfAsync(tenant, cancellationToken);
        if (plan.EmailSinksOnly && kind != SinkKind.Email)
        {
            return SinkProblems.KindOnly(SinkWords.Of(SinkKind.Email));
        }

        return plan.Sinks is { } most && count >= most ? SinkProblems.PlanFull(most) : null;
    }

    /// <summary>Until the end of the transaction nobody else changes the tenant's sinks.</summary>
    public static Task LockAsync(AlertingDb db, TenantId tenant, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey}, {tenant.Value})", cancellationToken);

    /// <summary>Begins a proof: the row that the worker takes, and what the owner is told.</summary>
    /// <param name="sink">Which.</param>
    /// <param name="proof">The one before; null: there was none.</param>
    public (SinkProof Asked, SeenProof Told) Ask(Sink sink, SinkProof? proof)
    {
        var (kind, now) = (kinds.Proof(sink.Kind), clock.GetUtcNow());
        using var settings = JsonDocument.Parse(sink.Settings);
        var token = ProofCode.NewToken();
        var domain = kind.DomainOf(settings.RootElement, token);
        proof ??= new SinkProof
        {
            TenantId = sink.TenantId,
            SinkId = sink.SinkId,
            WantedAt = now,
            ExpiresAt = now,
        };
        proof.Want(now, kind.Life, domain is null ? null : ProofCode.HashOf(sink.TenantId, sink.SinkId, token));
        var told = SeenProof.Of(proof) with
        {
            Instructions = domain is null
                ? $"A code is on its way there. Send it back: alivemcp sinks verify {sink.SinkId} CODE, or /verify of the API."
                : "If the address says challenges back, it is verified in a moment. Otherwise publish the record or the file, then call /verify.",
            DnsName = domain?.DnsName,
            DnsValue = domain?.DnsValue,
            FileUrl = domain?.FileUrl,
            FileBody = domain?.FileBody,
        };
        return (proof, told);
    }

    public SeenSink Seen(Sink sink, SinkProof? proof) => SeenSink.Of(sink, kinds.Settings(sink.Kind), proof);
}
