using AliveMcp.Alerting.Sinks.Proofs;
using AliveMcp.Storage.Postgres;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Sinks;

/// <summary>The sinks of the scope's tenant, as it sees them.</summary>
public sealed class SinkQueries
{
    private readonly AlertingDb _db;
    private readonly TenantScope _scope;
    private readonly SinkKinds _kinds;

    internal SinkQueries(AlertingDb db, TenantScope scope, SinkKinds kinds) =>
        (_db, _scope, _kinds) = (db, scope, kinds);

    /// <summary>What sinks there may be on this install, and what each asks for.</summary>
    public IReadOnlyList<OfferedSink> Offered =>
        [.. _kinds.All.Order().Select(kind => new OfferedSink(SinkWords.Of(kind), _kinds.Settings(kind).Fields))];

    /// <summary>A page of them, by number.</summary>
    public async Task<IReadOnlyList<SeenSink>> PageAsync(int after, int take, CancellationToken cancellationToken)
    {
        if (_scope.Tenant is null)
        {
            return [];
        }

        await using var transaction = await _db.BeginAsync(cancellationToken);
        var sinks = await _db
            .Sinks.AsNoTracking()
            .Where(sink => sink.SinkId > after)
            .OrderBy(sink => sink.SinkId)
            .Take(take)
            .ToListAsync(cancellationToken);
        var ids = sinks.Select(sink => sink.SinkId).ToArray();
        var proofs = await _db
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

    internal SeenSink Seen(Sink sink, SinkProof? proof) => SeenSink.Of(sink, _kinds.Settings(sink.Kind), proof);
}

/// <summary>A kind of sink that this install has.</summary>
/// <param name="Kind">Its word, for example <c>slack</c>.</param>
/// <param name="Fields">What it asks for, by the names of the API's body.</param>
public sealed record OfferedSink(string Kind, IReadOnlyList<string> Fields);
