using System.Text.Json.Serialization;
using AliveMcp.Alerting.Messages;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>What was sent to the sinks of the scope's tenant, and what came of it.</summary>
public sealed class DeliveryQueries(PostgresDoors doors, TenantScope scope)
{
    private const string Page = """
        SELECT d.delivery_id AS Id, d.sink_id AS SinkId, s.name AS SinkName, d.incident_id AS IncidentId, d.type AS Type,
            d.severity AS Severity, d.message ->> 'id' AS MessageId, d.message ->> 'summary' AS Summary, d.state AS State,
            d.tries AS Tries, d.last_status AS Status, d.last_detail AS Detail, d.request_id AS RequestId,
            d.created_at AS CreatedAt, CASE WHEN d.state = 'waiting' THEN d.next_at END AS NextAt, d.ended_at AS EndedAt
        FROM alerting.delivery AS d LEFT JOIN alerting.sink AS s USING (tenant_id, sink_id)
        WHERE d.tenant_id = storage.tenant() AND d.delivery_id < @before
            AND (@sink::integer IS NULL OR d.sink_id = @sink) AND (@incident::bigint IS NULL OR d.incident_id = @incident)
            AND (@state::text IS NULL OR d.state = @state)
        ORDER BY d.delivery_id DESC LIMIT @take
        """;

    /// <summary>The newest deliveries first.</summary>
    public async Task<IReadOnlyList<SeenDelivery>> PageAsync(DeliveryFilter filter, CancellationToken cancellationToken)
    {
        await using var session = await doors.OpenAsync(scope.Tenant!.Value, cancellationToken);
        var values = new
        {
            before = filter.Before,
            take = filter.Take,
            sink = filter.Sink,
            incident = filter.Incident,
            state = filter.State,
        };
        var rows = await session.Connection.QueryAsync<Row>(session.Command(Page, values, cancellationToken));
        return [.. rows.Select(row => row.ToSeen())];
    }

    /// <summary>Null when the tenant has no such delivery.</summary>
    public async Task<SeenDelivery?> FindAsync(long id, CancellationToken cancellationToken) =>
        (await PageAsync(new DeliveryFilter { Before = id + 1, Take = 1 }, cancellationToken)).FirstOrDefault(row =>
            row.Id == id
        );

    private sealed class Row
    {
        public long Id { get; init; }
        public int SinkId { get; init; }
        public string? SinkName { get; init; }
        public long? IncidentId { get; init; }
        public short Type { get; init; }
        public short Severity { get; init; }
        public string? MessageId { get; init; }
        public string? Summary { get; init; }
        public string State { get; init; } = "";
        public int Tries { get; init; }
        public int? Status { get; init; }
        public string? Detail { get; init; }
        public string? RequestId { get; init; }
        public DateTime CreatedAt { get; init; }
        public DateTime? NextAt { get; init; }
        public DateTime? EndedAt { get; init; }

        public SeenDelivery ToSeen() =>
            new()
            {
                Id = Id,
                Sink = SinkId,
                SinkName = SinkName ?? "",
                Incident = IncidentId,
                Type = ((AlertType)Type).Word(),
                Severity = ((Severity)Severity).ToString(),
                MessageId = MessageId ?? "",
                Summary = SafeText.Of(Summary),
                State = State,
                Tries = Tries,
                Status = Status,
                Detail = Detail,
                RequestId = RequestId,
                CreatedAt = Utc(CreatedAt),
                NextAt = NextAt is { } next ? Utc(next) : null,
                EndedAt = EndedAt is { } ended ? Utc(ended) : null,
            };

        private static DateTimeOffset Utc(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));
    }
}

/// <summary>Which deliveries; null asks nothing.</summary>
public sealed record DeliveryFilter
{
    /// <summary>Only those with a smaller number.</summary>
    public required long Before { get; init; }

    /// <summary>How many at most.</summary>
    public required int Take { get; init; }

    /// <summary>Only to this sink.</summary>
    public int? Sink { get; init; }

    /// <summary>Only about this incident.</summary>
    public long? Incident { get; init; }

    /// <summary>Only those that stand so: <c>waiting</c>, <c>sent</c>, <c>dead</c>, <c>dropped</c>.</summary>
    public string? State { get; init; }
}

/// <summary>One message to one sink, as its tenant sees it.</summary>
public sealed record SeenDelivery
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Number of the sink.</summary>
    public required int Sink { get; init; }

    /// <summary>As its owner calls it; data, never markup.</summary>
    public required string SinkName { get; init; }

    /// <summary>Number of the incident; null: it is about none.</summary>
    public required long? Incident { get; init; }

    /// <summary>For example <c>incident.triggered</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>P1</c> to <c>P4</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>As the sink was given it: the same in every retry.</summary>
    public required string MessageId { get; init; }

    /// <summary>One line; data, never markup.</summary>
    public required string Summary { get; init; }

    /// <summary><c>waiting</c>, <c>sent</c>, <c>dead</c>: given up; <c>dropped</c>: nobody needed it any more.</summary>
    public required string State { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Tries { get; init; }

    /// <summary>Of the last answer.</summary>
    public required int? Status { get; init; }

    /// <summary>What the last answer meant.</summary>
    public required string? Detail { get; init; }

    /// <summary>The other side's own name for what it took.</summary>
    public required string? RequestId { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next; null: no more.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>When it was sent, given up or dropped.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}

/// <param name="Deliveries">The newest first.</param>
/// <param name="Next">Ask with this as <c>before</c> for older ones; null: there are no more.</param>
internal sealed record DeliveryPage(IReadOnlyList<SeenDelivery> Deliveries, long? Next);

/// <summary>How this slice's answers are spelled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SeenDelivery))]
[JsonSerializable(typeof(DeliveryPage))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
