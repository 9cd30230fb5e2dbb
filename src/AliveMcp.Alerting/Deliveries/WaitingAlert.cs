using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>An alert that nobody has routed yet, with what rules ask of its server as it is now.</summary>
internal sealed record WaitingAlert
{
    public required long AlertId { get; init; }

    public required int TenantId { get; init; }

    public required int ServerId { get; init; }

    /// <summary>Null: a one-shot alert.</summary>
    public required long? IncidentId { get; init; }

    public required AlertType Type { get; init; }

    public required AlertKind Kind { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>See the table.</summary>
    public required string ToldKey { get; init; }

    public required AlertMessage Message { get; init; }

    /// <summary>Null: the server is gone.</summary>
    public required int? ServerTenantId { get; init; }

    public required string? Slug { get; init; }

    public required IReadOnlyCollection<string> Tags { get; init; }

    /// <summary>An update or a resolve of an incident: it goes where the trigger went, whatever rules say now.</summary>
    public bool Follows => IncidentId is not null && Type is AlertType.Updated or AlertType.Resolved;

    /// <summary>That somebody takes care of it: told to those who heard of it, and to nobody else.</summary>
    public bool IsAnswer => ToldKey.EndsWith(":acknowledged", StringComparison.Ordinal);

    /// <summary>Regions in which the server is not live.</summary>
    public IReadOnlyList<string> Failing =>
        [.. Message.Regions.Where(region => region.State != "live").Select(region => region.Region)];
}
