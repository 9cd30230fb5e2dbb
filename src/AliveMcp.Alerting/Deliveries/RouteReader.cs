using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Rules;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Takes waiting alerts of some tenants, and all that decides where they go, under a lock of each tenant.</summary>
internal static class RouteReader
{
    /// <summary>Of so many tenants at a time.</summary>
    private const int Tenants = 64;

    /// <summary>Of one tenant at a time: one that fails in thousands keeps nobody waiting.</summary>
    private const int OfTenant = 100;

    /// <summary>
    /// Alerts of a tenant are routed by one router at a time, in their order: that a resolve sees where its trigger went, and budgets are
    /// counted right, rests on this lock.
    /// </summary>
    private const string Lock = """
        WITH waiting AS (
            SELECT tenant_id FROM alerting.alert WHERE routed_at IS NULL GROUP BY tenant_id ORDER BY min(alert_id) LIMIT @Tenants)
        SELECT tenant_id FROM waiting WHERE pg_try_advisory_xact_lock(7140, tenant_id)
        """;

    private const string Waiting = """
        SELECT a.alert_id AS AlertId, a.tenant_id AS TenantId, a.server_id AS ServerId, a.incident_id AS IncidentId, a.type AS Type,
            a.kind AS Kind, a.severity AS Severity, a.told_key AS ToldKey, a.message::text AS Message,
            COALESCE(s.tenant_id, CASE WHEN a.tenant_id = 0 AND a.server_id = 0 THEN 0 END) AS ServerTenantId, s.slug AS Slug, s.tags AS Tags
        FROM unnest(@tenants) AS t (tenant_id)
        CROSS JOIN LATERAL (
            SELECT w.* FROM alerting.alert AS w LEFT JOIN alerting.incident AS i USING (incident_id)
            WHERE w.tenant_id = t.tenant_id AND w.routed_at IS NULL
                -- Confirmed by its very first minute: so long until a cluster has been seen.
                AND NOT (w.type = 1 AND w.told_at > @haste AND i.kind IN (1, 3)
                    AND i.started_at >= to_timestamp(i.confirmed_in::bigint * 60))
            ORDER BY w.alert_id LIMIT @OfTenant) AS a
        LEFT JOIN servers.server AS s USING (server_id)
        ORDER BY a.alert_id
        """;

    private const string RulesOf = """
        SELECT rule_id AS RuleId, tenant_id AS TenantId, enabled AS Enabled, servers AS Servers, tags AS Tags, kinds AS Kinds,
            severities AS Severities, regions AS Regions, quiet_from::interval AS QuietFrom, quiet_to::interval AS QuietTo,
            quiet_zone AS QuietZone
        FROM alerting.rule WHERE tenant_id = ANY (@tenants) ORDER BY rule_id
        """;

    /// <summary>By the sink's number alone: whose it is, the gate compares.</summary>
    private const string RungsOf = """
        SELECT rs.rule_id AS RuleId, rs.after_minutes AS AfterMinutes, rs.sink_id AS SinkId, COALESCE(s.tenant_id, 0) AS TenantId,
            COALESCE(s.verified_at IS NOT NULL AND s.disabled_at IS NULL, false) AS IsUsable
        FROM alerting.rule AS r JOIN alerting.rule_sink AS rs USING (rule_id) LEFT JOIN alerting.sink AS s ON s.sink_id = rs.sink_id
        WHERE r.tenant_id = ANY (@tenants)
        """;

    private const string SinksOf = """
        SELECT sink_id AS SinkId, tenant_id AS TenantId FROM alerting.sink
        WHERE tenant_id = ANY (@tenants) AND verified_at IS NOT NULL AND disabled_at IS NULL ORDER BY sink_id
        """;

    private const string ToldOf = """
        SELECT delivery_id AS DeliveryId, incident_id AS IncidentId, sink_id AS SinkId, rule_id AS RuleId, once_key AS OnceKey,
            message ->> 'dedup_key' AS DedupKey, state = 'waiting' AND tries = 0 AND claim IS NULL AS IsUntouched,
            state = 'waiting' AND (held OR after_minutes > 0) AND tries = 0 AND claim IS NULL AS IsUnheard
        FROM alerting.delivery WHERE incident_id = ANY (@incidents) AND state IN ('waiting', 'sent') AND type <> 3 ORDER BY delivery_id
        FOR UPDATE
        """;

    /// <summary>Null: nothing waits that somebody else has not in hand.</summary>
    public static async Task<RouteBook?> ReadAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var haste = now - TimeSpan.FromSeconds(3);
        var tenants = (await QueryAsync<int>(Lock, new { Tenants })).ToArray();
        if (tenants.Length == 0)
        {
            return null;
        }

        // A statement of its own, begun after the locks were given: it sees what their last holders committed.
        var rows = (
            await QueryAsync<AlertRow>(
                Waiting,
                new
                {
                    tenants,
                    OfTenant,
                    haste,
                }
            )
        ).ToList();
        var alerts = rows.Select(row => row.ToAlert()).ToList();
        var rules = (await QueryAsync<RuleRow>(RulesOf, new { tenants })).ToList();
        var rungs = (await QueryAsync<RungRow>(RungsOf, new { tenants })).ToLookup(rung => rung.RuleId);
        var sinks = (await QueryAsync<SinkRow>(SinksOf, new { tenants })).ToLookup(sink => sink.TenantId);
        return new RouteBook
        {
            Tenants = tenants,
            Alerts = [.. alerts.OfType<WaitingAlert>()],
            Unreadable = [.. rows.Where((_, index) => alerts[index] is null).Select(row => row.AlertId)],
            Rules = InForce(tenants, rules, rungs, sinks).ToLookup(rule => rule.TenantId),
        };

        Task<IEnumerable<T>> QueryAsync<T>(string sql, object values) =>
            connection.QueryAsync<T>(
                new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
            );
    }

    /// <summary>Reads who was told of these incidents and of those in the book, and holds their deliveries until the transaction ends.</summary>
    public static async Task ReadToldAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        RouteBook book,
        IEnumerable<long> besides,
        CancellationToken cancellationToken
    )
    {
        var incidents = book
            .Alerts.Select(alert => alert.IncidentId)
            .OfType<long>()
            .Concat(besides)
            .Distinct()
            .ToArray();
        var rows = await connection.QueryAsync<ToldSink>(
            new CommandDefinition(ToldOf, new { incidents }, transaction, cancellationToken: cancellationToken)
        );
        foreach (var told in rows)
        {
            book.Tell(told);
        }
    }

    private static IEnumerable<RuleInForce> InForce(
        IEnumerable<int> tenants,
        IReadOnlyCollection<RuleRow> rules,
        ILookup<int, RungRow> rungs,
        ILookup<int, SinkRow> sinks
    ) =>
        tenants.SelectMany(tenant =>
            rules.Any(rule => rule.TenantId == tenant)
                ? rules
                    .Where(rule => rule.TenantId == tenant && rule.Enabled)
                    .Select(rule => rule.ToRule(rungs[rule.RuleId]))
                :
                [
                    new RuleInForce(
                        RuleId: null,
                        tenant,
                        RuleMatch.Default,
                        Quiet: null,
                        [
                            .. sinks[tenant]
                                .Select(sink => new Rung(0, new KnownSink(sink.SinkId, tenant, IsUsable: true))),
                        ]
                    ),
                ]
        );

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class AlertRow
    {
        public long AlertId { get; init; }
        public int TenantId { get; init; }
        public int ServerId { get; init; }
        public long? IncidentId { get; init; }
        public short Type { get; init; }
        public short Kind { get; init; }
        public short Severity { get; init; }
        public string ToldKey { get; init; } = "";
        public string Message { get; init; } = "";
        public int? ServerTenantId { get; init; }
        public string? Slug { get; init; }
        public string[]? Tags { get; init; }

        /// <summary>Null: its record is no message.</summary>
        public WaitingAlert? ToAlert() =>
            AlertJson.Read(Message) is not { } message
                ? null
                : new WaitingAlert
                {
                    AlertId = AlertId,
                    TenantId = TenantId,
                    ServerId = ServerId,
                    IncidentId = IncidentId,
                    Type = (AlertType)Type,
                    Kind = (AlertKind)Kind,
                    Severity = (Severity)Severity,
                    ToldKey = ToldKey,
                    Message = message with { Id = FormattableString.Invariant($"evt_{AlertId}") },
                    ServerTenantId = ServerTenantId,
                    Slug = Slug,
                    Tags = Tags ?? [],
                };
    }

    private sealed class RuleRow
    {
        public int RuleId { get; init; }
        public int TenantId { get; init; }
        public bool Enabled { get; init; }
        public string[] Servers { get; init; } = [];
        public string[] Tags { get; init; } = [];
        public short[] Kinds { get; init; } = [];
        public short[] Severities { get; init; } = [];
        public string[] Regions { get; init; } = [];
        public TimeSpan? QuietFrom { get; init; }
        public TimeSpan? QuietTo { get; init; }
        public string? QuietZone { get; init; }

        public RuleInForce ToRule(IEnumerable<RungRow> rungs) =>
            new(
                RuleId,
                TenantId,
                new RuleMatch
                {
                    Servers = Servers,
                    Tags = Tags,
                    Kinds = [.. Kinds.Select(kind => (AlertKind)kind)],
                    Severities = [.. Severities.Select(severity => (Severity)severity)],
                    Regions = Regions,
                },
                Quiet(),
                [
                    .. rungs.Select(rung => new Rung(
                        rung.AfterMinutes,
                        new KnownSink(rung.SinkId, rung.TenantId, rung.IsUsable)
                    )),
                ]
            );

        /// <summary>A zone that this machine no longer knows is no reason to be silent.</summary>
        private QuietHours? Quiet() =>
            QuietZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(QuietZone, out var zone)
                ? new QuietHours(TimeOnly.FromTimeSpan(QuietFrom!.Value), TimeOnly.FromTimeSpan(QuietTo!.Value), zone)
                : null;
    }

    private sealed record RungRow(int RuleId, short AfterMinutes, int SinkId, int TenantId, bool IsUsable);

    private sealed record SinkRow(int SinkId, int TenantId);
}
