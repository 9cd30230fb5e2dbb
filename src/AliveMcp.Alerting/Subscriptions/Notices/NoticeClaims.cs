using AliveMcp.Alerting.Deliveries;
using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>
/// Claims notices for a while and says what came of them, as <see cref="DeliveryClaims"/> does for owners' alerts. Rows go when they are done:
/// who got what is kept nowhere.
/// </summary>
internal sealed class NoticeClaims(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>Servers take turns, so that one with many readers does not hold up the few of another; a reader hears of an incident in order.</summary>
    private const string Claim = """
        WITH candidate AS (
            SELECT d.delivery_id, row_number() OVER (PARTITION BY d.server_id ORDER BY d.next_at, d.delivery_id) AS place
            FROM alerting.notice_delivery AS d JOIN alerting.subscription AS s USING (subscription_id)
            WHERE d.next_at <= @now AND (d.claimed_until IS NULL OR d.claimed_until <= @now) AND s.kind = @kind
                AND (@troubled::boolean IS NULL OR (d.tries > 0 OR s.failing_since IS NOT NULL) = @troubled)
                AND NOT EXISTS (
                    SELECT FROM alerting.notice_delivery AS e
                    WHERE e.subscription_id = d.subscription_id AND e.incident_id = d.incident_id AND e.delivery_id < d.delivery_id)
            ORDER BY place, d.delivery_id LIMIT @most),
        due AS (
            SELECT d.delivery_id FROM alerting.notice_delivery AS d JOIN candidate AS c USING (delivery_id)
            WHERE d.next_at <= @now AND (d.claimed_until IS NULL OR d.claimed_until <= @now)
            FOR UPDATE OF d SKIP LOCKED),
        claimed AS (
            UPDATE alerting.notice_delivery AS d SET claim = @claim, claimed_until = @until, tries = d.tries + 1
            FROM due WHERE d.delivery_id = due.delivery_id RETURNING d.*)
        SELECT d.delivery_id AS Delivery, d.claim AS Claim, d.tenant_id AS Tenant, d.subscription_id AS Subscription, s.kind AS Kind,
            d.notice_id AS Notice, n.message::text AS Message, d.tries AS Tries, d.give_up_at AS GiveUpAt,
            s.confirmed_at IS NOT NULL AND v.server_id IS NOT NULL AS IsWanted,
            s.failing_since AS FailingSince, s.missing_since AS MissingSince
        FROM claimed AS d JOIN alerting.subscription AS s USING (subscription_id) JOIN alerting.notice AS n USING (notice_id)
            LEFT JOIN servers.server AS v ON v.server_id = d.server_id AND v.visibility = 1 AND v.erase_asked_at IS NULL
        """;

    private const string Done = """
        WITH done AS (
            DELETE FROM alerting.notice_delivery WHERE delivery_id = @Delivery AND claim = @Claim RETURNING subscription_id)
        UPDATE alerting.subscription AS s SET failing_since = NULL, missing_since = NULL
        FROM done WHERE s.subscription_id = done.subscription_id AND @taken
            AND (s.failing_since IS NOT NULL OR s.missing_since IS NOT NULL)
        """;

    private const string Later = """
        UPDATE alerting.notice_delivery SET next_at = @nextAt, claim = NULL, claimed_until = NULL
        WHERE delivery_id = @Delivery AND claim = @Claim
        """;

    private const string Failed = """
        UPDATE alerting.subscription SET failing_since = @failing, missing_since = @missing WHERE subscription_id = @Subscription
        """;

    private const string Forget = "DELETE FROM alerting.subscription WHERE subscription_id = @Subscription";

    /// <summary>Claims what is due.</summary>
    public async Task<IReadOnlyList<ClaimedNotice>> TakeAsync(NoticeWish wish, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var values = new
        {
            now,
            until = now + DeliveryClaims.Lease,
            claim = Guid.NewGuid(),
            kind = (short)wish.Kind,
            troubled = wish.Troubled,
            most = wish.Most,
        };
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        return
        [
            .. await connection.QueryAsync<ClaimedNotice>(
                new CommandDefinition(Claim, values, cancellationToken: cancellationToken)
            ),
        ];
    }

    /// <summary>It is done with: taken, or given up. Only the claim that sent it may say so.</summary>
    public Task DoneAsync(ClaimedNotice notice, bool taken, CancellationToken cancellationToken) =>
        ExecuteAsync(
            Done,
            new
            {
                notice.Delivery,
                notice.Claim,
                taken,
            },
            cancellationToken
        );

    public Task LaterAsync(ClaimedNotice notice, DateTimeOffset nextAt, CancellationToken cancellationToken) =>
        ExecuteAsync(
            Later,
            new
            {
                notice.Delivery,
                notice.Claim,
                nextAt,
            },
            cancellationToken
        );

    /// <summary>The place did not take it.</summary>
    /// <param name="notice">Which.</param>
    /// <param name="failing">Since when.</param>
    /// <param name="missing">Since when it says that nobody is there; null: it does not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task FailedAsync(
        ClaimedNotice notice,
        DateTimeOffset failing,
        DateTimeOffset? missing,
        CancellationToken cancellationToken
    ) =>
        ExecuteAsync(
            Failed,
            new
            {
                notice.Subscription,
                failing,
                missing,
            },
            cancellationToken
        );

    /// <summary>Nothing will be taken there any more: the place is forgotten with everything on its way.</summary>
    public Task ForgetAsync(ClaimedNotice notice, CancellationToken cancellationToken) =>
        ExecuteAsync(Forget, new { notice.Subscription }, cancellationToken);

    private async Task ExecuteAsync(string sql, object values, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }
}
