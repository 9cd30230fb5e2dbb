using System.Data.Common;
using System.Globalization;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AliveMcp.Alerting.Sinks;

/// <summary>
/// Writes sinks in the transaction that is open, each with its secret, its proof and its row in the trail: for the API and for files alike.
/// Whoever calls holds the tenant's lock, and has asked whether it may be.
/// </summary>
internal sealed class SinkWriter(
    AlertingDb db,
    TenantScope scope,
    ThingVault vault,
    SinkSetup setup,
    TimeProvider clock
)
{
    private DbTransaction Transaction => db.Database.CurrentTransaction!.GetDbTransaction();

    /// <summary>Makes a sink and asks for its proof.</summary>
    public async Task<SeenSink> AddAsync(
        SinkKind kind,
        string name,
        SinkWish wish,
        string managedBy,
        CancellationToken cancellationToken
    )
    {
        var sink = new Sink
        {
            TenantId = scope.Tenant!.Value,
            Kind = kind,
            Name = name,
            Settings = wish.Settings.ToJsonString(),
            SecretMark = MarkOf(wish),
            ManagedBy = managedBy,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Sinks.Add(sink);
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(new AuditEntry("sink.created", "sink", TargetOf(sink)) { After = sink.Told });
        return await SettleAsync(sink, wish, cancellationToken);
    }

    /// <summary>Changes a sink. Another address is proven anew, and the proof of the old one is good no more.</summary>
    /// <param name="sink">Which.</param>
    /// <param name="wish">The new address; null: it stays.</param>
    /// <param name="change">What else is changed of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SeenSink> ChangeAsync(
        Sink sink,
        SinkWish? wish,
        Action<Sink> change,
        CancellationToken cancellationToken
    )
    {
        var before = sink.Told;
        change(sink);
        sink.Version++;
        if (wish is not null)
        {
            sink.Settings = wish.Settings.ToJsonString();
            sink.SecretMark = MarkOf(wish);
            sink.Unverify();
        }

        await db.SaveChangesAsync(cancellationToken);
        db.Audit(new AuditEntry("sink.changed", "sink", TargetOf(sink)) { Before = before, After = sink.Told });
        return await SettleAsync(sink, wish, cancellationToken);
    }

    /// <summary>Removes a sink with its secret, its log and what waits for it.</summary>
    public async Task RemoveAsync(Sink sink, CancellationToken cancellationToken)
    {
        foreach (var place in SinkSecrets.PlacesOf(sink.TenantId, sink.SinkId))
        {
            await ThingVault.RemoveAsync(Transaction, place, cancellationToken);
        }

        db.Sinks.Remove(sink);
        db.Audit(new AuditEntry("sink.removed", "sink", TargetOf(sink)) { Before = sink.Told });
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<SeenSink> SettleAsync(Sink sink, SinkWish? wish, CancellationToken cancellationToken)
    {
        var proof = await db.Proofs.SingleOrDefaultAsync(row => row.SinkId == sink.SinkId, cancellationToken);
        if (wish is null)
        {
            return setup.Seen(sink, proof);
        }

        await StoreAsync(sink, wish, cancellationToken);
        var (asked, told) = setup.Ask(sink, proof);
        if (proof is null)
        {
            db.Proofs.Add(asked);
        }

        await db.SaveChangesAsync(cancellationToken);
        return setup.Seen(sink, asked) with { Secret = wish.Shown, Proof = told };
    }

    private async Task StoreAsync(Sink sink, SinkWish wish, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (wish.Secret is { } secret)
        {
            var place = SinkSecrets.PlaceOf(sink.TenantId, sink.SinkId);
            await vault.PutAsync(Transaction, place, secret, now, cancellationToken);
        }

        if (wish.Key is { } key)
        {
            var place = SinkSecrets.KeyPlaceOf(sink.TenantId, sink.SinkId, slot: 0);
            await vault.PutAsync(Transaction, place, key, now, cancellationToken);
        }
    }

    private static byte[]? MarkOf(SinkWish wish) => wish.Secret is { } secret ? SecretMark.Of(secret) : null;

    private static string TargetOf(Sink sink) => sink.SinkId.ToString(CultureInfo.InvariantCulture);
}
