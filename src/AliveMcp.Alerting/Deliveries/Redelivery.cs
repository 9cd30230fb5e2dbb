using System.Globalization;
using AliveMcp.Storage.Audit;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Sends a delivery of the scope's tenant once more, by somebody's wish: the same message under the same id.</summary>
public sealed class Redelivery
{
    private readonly AlertingDb _db;
    private readonly TimeProvider _clock;

    internal Redelivery(AlertingDb db, TimeProvider clock) => (_db, _clock) = (db, clock);

    /// <summary>Null when it is on its way; else why not.</summary>
    public async Task<Problem?> AskAsync(long id, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var giveUpAt = now + RetryPlan.Patience;
        await using var transaction = await _db.BeginAsync(cancellationToken);
        var changed = await _db.Database.ExecuteSqlAsync(
            $"""
            UPDATE alerting.delivery SET state = 'waiting', tries = 0, next_at = {now}, give_up_at = {giveUpAt}, ended_at = NULL,
                held = false, after_minutes = 0
            WHERE delivery_id = {id} AND tenant_id = storage.tenant() AND state <> 'waiting'
            """,
            cancellationToken
        );
        if (changed == 0)
        {
            var exists = await _db
                .Database.SqlQuery<bool>(
                    $"SELECT EXISTS (SELECT FROM alerting.delivery WHERE delivery_id = {id} AND tenant_id = storage.tenant()) AS \"Value\""
                )
                .SingleAsync(cancellationToken);
            return exists ? DeliveryProblems.OnItsWay(id) : DeliveryProblems.NotFound(id);
        }

        _db.Audit(new AuditEntry("delivery.repeated", "delivery", id.ToString(CultureInfo.InvariantCulture)));
        await transaction.CommitAsync(cancellationToken);
        return null;
    }
}

/// <summary>The ways in which this slice says no.</summary>
internal static class DeliveryProblems
{
    public static Problem NotFound(long id) =>
        new("delivery_not_found", FormattableString.Invariant($"The tenant has no delivery {id}."), "id");

    public static Problem OnItsWay(long id) =>
        new(
            "delivery_waits_too_soon",
            FormattableString.Invariant($"Delivery {id} is on its way already; see next_at for when it is tried next."),
            "id"
        );

    public static Problem NoState { get; } =
        new("state_invalid", "state is not one of waiting, sent, dead, dropped.", "state");
}
