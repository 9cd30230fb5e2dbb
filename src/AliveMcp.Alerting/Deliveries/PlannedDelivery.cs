using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>A delivery as the router decides it, before it is a row.</summary>
internal sealed record PlannedDelivery
{
    public required int TenantId { get; init; }

    public required int SinkId { get; init; }

    public long? AlertId { get; init; }

    public long? IncidentId { get; init; }

    /// <summary>Null: see <see cref="RuleInForce.RuleId"/>.</summary>
    public int? RuleId { get; init; }

    public required AlertType Type { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>One of these reaches one sink once.</summary>
    public required string OnceKey { get; init; }

    public required AlertMessage Message { get; init; }

    /// <summary>Not before.</summary>
    public required DateTimeOffset NextAt { get; init; }

    /// <summary>Step of the ladder; 0: the first.</summary>
    public int AfterMinutes { get; init; }

    /// <summary>Waits for the end of quiet hours.</summary>
    public bool Held { get; init; }
}
