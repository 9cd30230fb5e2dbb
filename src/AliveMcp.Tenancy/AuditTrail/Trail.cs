using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>Tells the audit trail, in a transaction of explicit SQL, what the request's actor did.</summary>
public sealed class Trail(ActorScope actor, AuditWriter writer)
{
    /// <summary>Writes one row, there when and only if the session's transaction commits.</summary>
    public Task TellAsync(TenantSession work, TenantId chain, AuditEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return writer.WriteAsync(work.Transaction, chain, actor.Actor, entry, cancellationToken);
    }
}
