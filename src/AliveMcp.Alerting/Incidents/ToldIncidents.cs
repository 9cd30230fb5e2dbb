using AliveMcp.Alerting.Messages;
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

    /// <summary>Incidents that began within a window or lasted into it, the newest first, in two statements.</summary>
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
        const string sql = """
            SELECT incident_id AS Id, kind AS Kind, state AS State, summary AS Summary, started_at AS StartedAt,
                resolved_at AS ResolvedAt, acknowledged_at AS AcknowledgedAt, excluded_reason AS ExcludedReason
            FROM alerting.incident
            WHERE server_id = @server AND kind = ANY(@kinds) AND started_at < @to AND (resolved_at IS NULL OR resolved_at > @from)
            ORDER BY incident_id DESC LIMIT @most;
            SELECT incident_id AS Incident, at AS At, text AS Text FROM alerting.incident_update
            WHERE server_id = @server AND kind = 'said' AND at >= @from AND at < @to ORDER BY update_id;
            """;
        var values = new
        {
            server = server.Server.Value,
            kinds = Kinds,
            from,
            to,
            most,
        };
        await using var session = await doors.OpenAsync(server.Tenant, cancellationToken);
        await using var answers = await session.Connection.QueryMultipleAsync(
            session.Command(sql, values, cancellationToken)
        );
        var incidents = (await answers.ReadAsync<Row>()).AsList();
        var said = (await answers.ReadAsync<SaidRow>()).ToLookup(
            row => row.Incident,
            row => new ToldUpdate(row.At, row.Text)
        );
        return incidents.ConvertAll(row => row.ToIncident([.. said[row.Id]]));
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

        public ToldIncident ToIncident(IReadOnlyList<ToldUpdate> updates) =>
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
                Updates = updates,
            };
    }

    private sealed class SaidRow
    {
        public long Incident { get; init; }

        public DateTimeOffset At { get; init; }

        public string Text { get; init; } = "";
    }
}
