using System.Globalization;
using System.Text.Json;
using AliveMcp.Alerting.Messages;
using AliveMcp.Servers.Alerts;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Incidents.ByHand;

/// <summary>Makes alerts of what people did about incidents: opened one by hand, ended it, said something of one.</summary>
internal sealed class HandTelling(PostgresDoors doors, MessageWriter messages)
{
    private const int Batch = 100;

    private readonly OutboxReader _outbox = new(HandTopics.Reader);

    /// <summary>Takes what waits; the alerts and the taking are one transaction.</summary>
    /// <returns>How many were taken.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var taken = await _outbox.TakeAsync(connection, transaction, Batch, cancellationToken);
        var done = taken
            .Select(record => JsonSerializer.Deserialize<DoneByHand>(record.Json, OutboxTopic.Json)!)
            .ToList();
        if (done.Count == 0)
        {
            return 0;
        }

        var rows = await ReadAsync(connection, done, cancellationToken);
        var ids = done.Select(one => new ServerId(one.ServerId)).Distinct().ToList();
        var servers = await AlertedServers.OfAsync(connection, ids, cancellationToken);
        List<NewAlert> alerts = [];
        foreach (var one in done)
        {
            // What was erased meanwhile is told to nobody.
            if (
                rows.TryGetValue(one.UpdateId, out var row)
                && servers.TryGetValue(new ServerId(one.ServerId), out var server)
            )
            {
                alerts.Add(await AlertAsync(one, row, server, cancellationToken));
            }
        }

        if (alerts.Count > 0)
        {
            await AlertTable.WriteAsync(transaction, alerts, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return taken.Count;
    }

    private async Task<NewAlert> AlertAsync(
        DoneByHand done,
        Row row,
        AlertedServer server,
        CancellationToken cancellationToken
    )
    {
        var (type, kind, severity) = ((AlertType)done.Type, (AlertKind)row.Kind, (Severity)row.Severity);
        var isOver = row.ResolvedAt is not null;
        return new NewAlert
        {
            Server = server.Key,
            Incident = done.IncidentId,
            Type = type,
            Kind = kind,
            Severity = severity,
            ToldKey = string.Create(CultureInfo.InvariantCulture, $"incident:{done.IncidentId}:hand:{done.UpdateId}"),
            SealedAt = row.At,
            Message = new AlertMessage
            {
                Id = "",
                Type = type.Word(),
                Kind = kind.Word(),
                DedupKey = string.Create(CultureInfo.InvariantCulture, $"incident-{done.IncidentId}"),
                Tenant = await messages.SlugAsync(server.Key.Tenant, cancellationToken),
                Server = MessageWriter.ServerOf(server),
                Severity = severity.ToString(),
                State = isOver ? IncidentState.Resolved : IncidentState.Open,
                FailureReason = row.Reason == 0 ? null : WhyWords.Word((Why)row.Reason),
                StartedAt = row.StartedAt,
                ResolvedAt = row.ResolvedAt,
                DurationSeconds = (long?)(row.ResolvedAt - row.StartedAt)?.TotalSeconds,
                Summary = $"{SafeText.Of(server.Name, 120)}: {SafeText.Of(row.Summary, 170)}",
                Details = type == AlertType.Updated ? SafeText.Of(row.Text, 2_000) : "",
                StatusUrl = messages.StatusUrl(server, kind, done.IncidentId),
                Incident = done.IncidentId,
            },
        };
    }

    private static async Task<Dictionary<long, Row>> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<DoneByHand> done,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT said.update_id AS Update, said.at AS At, said.text AS Text, incident.kind AS Kind, incident.severity AS Severity,
                incident.failure_reason AS Reason, incident.summary AS Summary, incident.started_at AS StartedAt,
                incident.resolved_at AS ResolvedAt
            FROM alerting.incident_update AS said JOIN alerting.incident USING (incident_id)
            WHERE said.update_id = ANY(@updates)
            """;
        var updates = done.Select(one => one.UpdateId).ToArray();
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, new { updates }, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => row.Update);
    }

    private sealed class Row
    {
        public long Update { get; init; }

        public DateTimeOffset At { get; init; }

        public string Text { get; init; } = "";

        public short Kind { get; init; }

        public short Severity { get; init; }

        public short Reason { get; init; }

        public string Summary { get; init; } = "";

        public DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset? ResolvedAt { get; init; }
    }
}
