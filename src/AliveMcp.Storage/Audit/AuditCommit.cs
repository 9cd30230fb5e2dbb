using System.Data.Common;
using AliveMcp.Storage.Postgres;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AliveMcp.Storage.Audit;

/// <summary>Writes what a context was told about its changes as the last statements before their commit, and lets no untold change be committed.</summary>
internal sealed class AuditCommit(AuditWriter writer, ActorScope actor) : DbTransactionInterceptor
{
    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is RoomDb room)
        {
            await writer.WriteAsync(transaction, actor.Actor, room.TakeAudit(), cancellationToken);
        }

        return result;
    }

    public override InterceptionResult TransactionCommitting(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result
    ) => throw new NotSupportedException("Commit with CommitAsync.");
}
