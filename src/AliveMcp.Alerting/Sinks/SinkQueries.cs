using AliveMcp.Alerting.Sinks.Proofs;
using AliveMcp.Storage.Postgres;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Sinks;

/// <summary>The sinks of the scope's tenant, as it sees them.</summary>
internal sealed class SinkQueries(AlertingDb db, TenantScope scope, SinkKinds kinds)
{
    /// <summary>By number.</summary>
    public async Task<IReadOnlyList<SeenSink>> PageAsync(int after, int take, CancellationToken cancellationToken)
    {
        if (scope.Tenant is null)
        {
            return [];
        }

        await using var transaction = await db.BeginAsync(cancellationToken);
        var sinks = await db
            .Sinks.AsNoTracking()
            .Where(sink => sink.SinkId > after)
            .OrderBy(sink => sink.SinkId)
            .Take(take)
            .ToListAsync(cancellationToken);
        var ids = sinks.Select(sink => sink.SinkId).ToArray();
        var proofs = await db
            .Proofs.AsNoTracking()
            .Where(proof => ids.Contains(proof.SinkId))
            .ToDictionaryAsync(proof => proof.SinkId, cancellationToken);
        return [.. sinks.Select(sink => Seen(sink, proofs.GetValueOrDefault(sink.SinkId)))];
    }

    /// <returns>Null: there is none of this number.</returns>
    public async Task<SeenSink?> FindAsync(int id, CancellationToken cancellationToken)
    {
        var page = await PageAsync(id - 1, 1, cancellationToken);
        return page is [{ } found] && found.Id == id ? found : null;
    }

    public SeenSink Seen(Sink sink, SinkProof? proof) => SeenSink.Of(sink, kinds.Settings(sink.Kind), proof);
}
