using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Messages;
using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Alerting.Budgets;

/// <summary>After every hour: one message for each sink about what was too much for it.</summary>
internal sealed class DigestWriter(PostgresDoors doors, TimeProvider clock)
{
    private const int AtOnce = 100;
    private const int Worst = 5;

    /// <summary>Rows are taken away in the transaction that writes their digest: once, whoever else writes digests.</summary>
    private const string Take = """
        WITH due AS (
            SELECT tenant_id, sink_id, hour FROM alerting.overflow WHERE hour < @hour
            GROUP BY tenant_id, sink_id, hour ORDER BY hour, tenant_id, sink_id LIMIT @AtOnce),
        locked AS (
            SELECT o.alert_id, o.sink_id FROM alerting.overflow AS o JOIN due USING (tenant_id, sink_id, hour) FOR UPDATE OF o SKIP LOCKED),
        taken AS (
            DELETE FROM alerting.overflow AS o USING locked AS l WHERE o.alert_id = l.alert_id AND o.sink_id = l.sink_id RETURNING o.*)
        SELECT t.tenant_id AS TenantId, t.sink_id AS SinkId, t.hour AS Hour, t.alert_id AS AlertId, a.severity AS Severity,
            a.message::text AS Message, COALESCE(i.state = 'resolved', false) AS IsOver
        FROM taken AS t JOIN alerting.alert AS a USING (alert_id) LEFT JOIN alerting.incident AS i USING (incident_id)
        """;

    /// <summary>Writes digests that are due; returns how many.</summary>
    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var command = new CommandDefinition(
            Take,
            new { hour = AlertBudget.HourOf(now), AtOnce },
            transaction,
            cancellationToken: cancellationToken
        );
        var digests = (await connection.QueryAsync<Row>(command))
            .GroupBy(row => (row.TenantId, row.SinkId, row.Hour))
            .Select(group =>
                Digest(group.Key.TenantId, group.Key.SinkId, new DateTimeOffset(group.Key.Hour), [.. group], now)
            )
            .OfType<PlannedDelivery>()
            .ToList();
        if (digests.Count > 0)
        {
            await new RouteWriter(connection, transaction).AddAsync(digests, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return digests.Count;
    }

    private static PlannedDelivery? Digest(
        int tenant,
        int sink,
        DateTimeOffset hour,
        List<Row> rows,
        DateTimeOffset now
    )
    {
        var worst = rows.OrderBy(row => row.Severity)
            .ThenBy(row => row.IsOver)
            .ThenBy(row => row.AlertId)
            .Select(row => row.Read())
            .OfType<AlertMessage>()
            .Take(Worst)
            .ToList();
        return worst.Count == 0
            ? null
            : new PlannedDelivery
            {
                TenantId = tenant,
                SinkId = sink,
                Type = AlertType.Digest,
                Severity = Enum.Parse<Severity>(worst[0].Severity),
                OnceKey = FormattableString.Invariant($"digest:{hour:yyyy-MM-ddTHH}"),
                Message = GroupedMessage.Digest(worst[0].Tenant, hour, rows.Count, worst),
                NextAt = now,
            };
    }

    private sealed record Row(
        int TenantId,
        int SinkId,
        DateTime Hour,
        long AlertId,
        short Severity,
        string Message,
        bool IsOver
    )
    {
        public AlertMessage? Read() =>
            AlertJson.Read(Message) is { } message ? message with { State = IsOver ? "over" : message.State } : null;
    }
}
