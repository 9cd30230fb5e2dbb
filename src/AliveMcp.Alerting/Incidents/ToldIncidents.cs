using System.Text.Json;
using AliveMcp.Alerting.Messages;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Incidents;

/// <summary>The incidents of a server for its page, its feed and its subscribers.</summary>
public sealed class ToldIncidents(PostgresDoors doors)
{
    /// <summary>What concerns those who use a server. A certificate or a budget is its owner's business.</summary>
    private static readonly short[] Kinds =
    [
        (short)AlertKind.Outage,
        (short)AlertKind.Degraded,
        (short)AlertKind.Regional,
        (short)AlertKind.Manual,
    ];

    internal static short[] ToldKinds => [.. Kinds];

    internal static bool IsTold(AlertKind kind) => Kinds.Contains((short)kind);

    /// <summary>Incidents that began within a window or lasted into it, the newest first, in one statement.</summary>
    /// <param name="server">Whose. That it may be shown is the caller's business.</param>
    /// <param name="from">The window's begin.</param>
    /// <param name="to">The window's end.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ToldIncident>> OfAsync(
        ServerKey server,
        DateTimeOffset from,
        DateTimeOffset to,
        int most,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            server = server.Server.Value,
            kinds = Kinds,
            from,
            to,
            most,
        };
        return await ReadAsync(
            server,
            "incident.started_at < @to AND (incident.resolved_at IS NULL OR incident.resolved_at > @from)",
            values,
            cancellationToken
        );
    }

    /// <summary>One incident of a server; null when it has none of this number, or none that is told.</summary>
    public async Task<ToldIncident?> FindAsync(ServerKey server, IncidentId id, CancellationToken cancellationToken)
    {
        var values = new
        {
            server = server.Server.Value,
            kinds = Kinds,
            id = id.Value,
            most = 1,
        };
        var found = await ReadAsync(server, "incident.incident_id = @id", values, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<IReadOnlyList<ToldIncident>> ReadAsync(
        ServerKey server,
        string which,
        object values,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            SELECT incident.incident_id AS Id, incident.kind AS Kind, incident.state AS State, incident.summary AS Summary,
                incident.started_at AS StartedAt, incident.resolved_at AS ResolvedAt, incident.acknowledged_at AS AcknowledgedAt,
                incident.excluded_reason AS ExcludedReason, said.texts AS Said, first.regions AS Regions
            FROM alerting.incident
                LEFT JOIN LATERAL (
                    SELECT jsonb_agg(jsonb_build_object('at', at, 'text', text) ORDER BY update_id)::text AS texts
                    FROM alerting.incident_update AS told
                    WHERE told.incident_id = incident.incident_id AND told.kind = 'said') AS said ON true
                LEFT JOIN LATERAL (
                    SELECT (message -> 'regions')::text AS regions FROM alerting.alert
                    WHERE alert.incident_id = incident.incident_id ORDER BY alert_id LIMIT 1) AS first ON true
            WHERE incident.server_id = @server AND incident.kind = ANY(@kinds)
                AND {which}
            ORDER BY incident.incident_id DESC LIMIT @most
            """;
        await using var session = await doors.OpenAsync(server.Tenant, cancellationToken);
        var rows = await session.Connection.QueryAsync<Row>(session.Command(sql, values, cancellationToken));
        return [.. rows.Select(row => row.ToIncident())];
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public short Kind { get; init; }

        public string State { get; init; } = "";

        public string Summary { get; init; } = "";

        public DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset? ResolvedAt { get; init; }

        public DateTimeOffset? AcknowledgedAt { get; init; }

        public string? ExcludedReason { get; init; }

        public string? Said { get; init; }

        public string? Regions { get; init; }

        public ToldIncident ToIncident() =>
            new()
            {
                Id = new IncidentId(Id),
                Kind = ((AlertKind)Kind).Word(),
                Title = ((AlertKind)Kind).Label(),
                Summary = Summary,
                StartedAt = StartedAt,
                ResolvedAt = ResolvedAt,
                IsFlapping = State == IncidentState.Flapping,
                AcknowledgedAt = AcknowledgedAt,
                ExcludedReason = ExcludedReason,
                Regions = FailingRegions.Read(Regions),
                Updates = Read<ToldUpdate>(Said),
            };

        private static IReadOnlyList<T> Read<T>(string? json) =>
            json is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<T>>(json, OutboxTopic.Json) ?? [];
    }
}
