using AliveMcp.Alerting.Sinks;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>
/// Claims deliveries for a while and says what came of them. Whoever dies with a claim loses it when it ends; whoever comes back after
/// that changes nothing any more.
/// </summary>
internal sealed class DeliveryClaims(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>How long a claim holds: longer than any send may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Of one incident a sink hears in order: nothing while something earlier is on its way or being tried again. What only waits for its
    /// time – a step of the ladder, the end of quiet hours – keeps nobody.
    /// </summary>
    private const string Claim = """
        WITH candidate AS (
            SELECT d.delivery_id, d.next_at, row_number() OVER (PARTITION BY d.sink_id ORDER BY d.next_at, d.delivery_id) AS place
            FROM alerting.delivery AS d
            WHERE d.state = 'waiting' AND d.next_at <= @now AND (d.claimed_until IS NULL OR d.claimed_until <= @now)
                AND d.sink_id <> ALL (@full) AND (d.tries > 0 OR d.sink_id = ANY (@sick)) = @retries
                AND NOT EXISTS (
                    SELECT FROM alerting.delivery AS e
                    WHERE e.sink_id = d.sink_id AND e.incident_id = d.incident_id AND e.delivery_id < d.delivery_id
                        AND e.state = 'waiting' AND (e.tries > 0 OR e.next_at <= @now OR NOT e.held AND e.after_minutes = 0))),
        due AS (
            SELECT d.delivery_id FROM alerting.delivery AS d JOIN candidate AS c USING (delivery_id)
            WHERE c.place <= @perSink AND d.state = 'waiting' AND d.next_at <= @now
                AND (d.claimed_until IS NULL OR d.claimed_until <= @now)
            ORDER BY c.next_at, d.delivery_id LIMIT @most FOR UPDATE OF d SKIP LOCKED),
        claimed AS (
            UPDATE alerting.delivery AS d SET claim = @claim, claimed_until = @until, tries = d.tries + 1
            FROM due WHERE d.delivery_id = due.delivery_id RETURNING d.*)
        SELECT d.claim AS Claim, d.delivery_id AS DeliveryId, d.tenant_id AS TenantId, d.sink_id AS SinkId, d.rule_id AS RuleId,
            d.alert_id AS AlertId, d.incident_id AS IncidentId, d.type AS Type, d.message::text AS Message, d.tries AS Tries,
            d.give_up_at AS GiveUpUtc, d.after_minutes AS AfterMinutes, d.held AS Held,
            COALESCE(s.tenant_id, 0) AS SinkTenant,
            COALESCE(s.verified_at IS NOT NULL, false) AS IsVerified, COALESCE(s.disabled_at IS NOT NULL, false) AS IsDisabled,
            CASE WHEN d.rule_id IS NOT NULL THEN COALESCE(r.tenant_id, 0) END AS RuleTenant,
            CASE WHEN d.alert_id IS NOT NULL THEN COALESCE(a.tenant_id, 0) END AS AlertTenant,
            CASE WHEN d.incident_id IS NOT NULL THEN COALESCE(i.tenant_id, 0) END AS IncidentTenant,
            COALESCE(a.server_id, i.server_id) AS ServerId, false AS IsClaimed,
            COALESCE(v.tenant_id, CASE WHEN i.tenant_id = 0 AND i.server_id = 0 THEN 0 END) AS ServerTenant,
            COALESCE(i.acknowledged_at IS NOT NULL, false) AS IsAcknowledged, COALESCE(i.state = 'resolved', false) AND NOT EXISTS (
                SELECT FROM alerting.bundle AS b WHERE b.lead_incident = d.incident_id AND b.resolved_at IS NULL) AS IsResolved,
            t.handle AS Thread, s.not_found_since AS MissingUtc
        FROM claimed AS d
        LEFT JOIN alerting.sink AS s ON s.sink_id = d.sink_id
        LEFT JOIN alerting.rule AS r ON r.rule_id = d.rule_id
        LEFT JOIN alerting.alert AS a ON a.alert_id = d.alert_id
        LEFT JOIN alerting.incident AS i ON i.incident_id = d.incident_id
        LEFT JOIN servers.server AS v ON v.server_id = COALESCE(a.server_id, i.server_id)
        LEFT JOIN alerting.thread AS t ON t.sink_id = d.sink_id AND t.incident_id = d.incident_id
        ORDER BY d.next_at, d.delivery_id
        """;

    /// <summary>Only the claim that sent it may say so: one that came too late changes nothing.</summary>
    private const string Sent = """
        WITH done AS (
            UPDATE alerting.delivery SET state = 'sent', ended_at = @now, last_status = @Status, last_detail = @Detail,
                request_id = @RequestId, claim = NULL, claimed_until = NULL
            WHERE delivery_id = @DeliveryId AND claim = @Claim AND state = 'waiting' RETURNING tenant_id, sink_id, incident_id),
        healed AS (
            UPDATE alerting.sink SET not_found_since = NULL WHERE sink_id = @SinkId AND not_found_since IS NOT NULL)
        INSERT INTO alerting.thread (tenant_id, sink_id, incident_id, handle)
        SELECT tenant_id, sink_id, incident_id, @Thread FROM done WHERE @Thread::text IS NOT NULL AND incident_id IS NOT NULL
        ON CONFLICT (sink_id, incident_id) DO UPDATE SET handle = excluded.handle
        """;

    private const string Later = """
        UPDATE alerting.delivery SET next_at = @nextAt, last_status = @Status, last_detail = @Detail, request_id = @RequestId,
            claim = NULL, claimed_until = NULL
        WHERE delivery_id = @DeliveryId AND claim = @Claim AND state = 'waiting'
        """;

    private const string Ended = """
        UPDATE alerting.delivery SET state = @state, ended_at = @now, last_status = @Status, last_detail = @Detail,
            request_id = @RequestId, claim = NULL, claimed_until = NULL
        WHERE delivery_id = @DeliveryId AND claim = @Claim AND state = 'waiting'
        """;

    private const string Missing = """
        UPDATE alerting.sink SET not_found_since = @now WHERE sink_id = @SinkId AND not_found_since IS NULL
        """;

    /// <summary>Claims what is due.</summary>
    /// <param name="wish">Of which, and how many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ClaimedDelivery>> TakeAsync(ClaimWish wish, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var values = new
        {
            now,
            until = now + Lease,
            claim = Guid.NewGuid(),
            full = wish.Full.ToArray(),
            sick = wish.Sick.ToArray(),
            retries = wish.Retries,
            perSink = wish.PerSink,
            most = wish.Most,
        };
        return
        [
            .. await connection.QueryAsync<ClaimedDelivery>(
                new CommandDefinition(Claim, values, cancellationToken: cancellationToken)
            ),
        ];
    }

    public Task SentAsync(ClaimedDelivery delivery, SinkAnswer answer, CancellationToken cancellationToken) =>
        WriteAsync(Sent, delivery, answer, nextAt: null, state: null, cancellationToken);

    public Task LaterAsync(
        ClaimedDelivery delivery,
        SinkAnswer answer,
        DateTimeOffset nextAt,
        CancellationToken cancellationToken
    ) => WriteAsync(Later, delivery, answer, nextAt, state: null, cancellationToken);

    /// <param name="delivery">Which.</param>
    /// <param name="answer">The last one.</param>
    /// <param name="state"><c>dead</c>: it should have been taken; <c>dropped</c>: nobody needs it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task EndAsync(
        ClaimedDelivery delivery,
        SinkAnswer answer,
        string state,
        CancellationToken cancellationToken
    ) => WriteAsync(Ended, delivery, answer, nextAt: null, state, cancellationToken);

    /// <summary>The sink answered 404: from the first of them on a day is counted.</summary>
    public Task MissingAsync(ClaimedDelivery delivery, SinkAnswer answer, CancellationToken cancellationToken) =>
        WriteAsync(Missing, delivery, answer, nextAt: null, state: null, cancellationToken);

    private async Task WriteAsync(
        string sql,
        ClaimedDelivery delivery,
        SinkAnswer answer,
        DateTimeOffset? nextAt,
        string? state,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            delivery.DeliveryId,
            delivery.SinkId,
            delivery.Claim,
            now = clock.GetUtcNow(),
            nextAt,
            state,
            answer.Status,
            Detail = SafeText.Of(answer.Detail, 300),
            RequestId = answer.RequestId is null ? null : SafeText.Of(answer.RequestId, 200),
            Thread = answer.Thread is { Length: <= 500 } thread ? thread : null,
        };
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }
}

/// <summary>Which deliveries a runner has room for.</summary>
internal sealed record ClaimWish
{
    /// <summary>Those that were tried before, or whose sink does not answer just now; else those that were not.</summary>
    public required bool Retries { get; init; }

    public required int Most { get; init; }

    public required int PerSink { get; init; }

    /// <summary>Sinks with enough on their way.</summary>
    public IReadOnlyCollection<int> Full { get; init; } = [];

    /// <summary>Sinks that did not take the last message.</summary>
    public IReadOnlyCollection<int> Sick { get; init; } = [];
}
