using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>A delivery that this process may send until its claim ends, with whose every row is that it rests on.</summary>
internal sealed class ClaimedDelivery
{
    public required Guid Claim { get; init; }
    public required long DeliveryId { get; init; }
    public required int TenantId { get; init; }
    public required int SinkId { get; init; }
    public int? RuleId { get; init; }
    public long? AlertId { get; init; }
    public long? IncidentId { get; init; }
    public required short Type { get; init; }
    public required string Message { get; init; }

    /// <summary>This one included.</summary>
    public required int Tries { get; init; }
    public required DateTime GiveUpUtc { get; init; }
    public required short AfterMinutes { get; init; }
    public required bool Held { get; init; }

    /// <summary>0: there is no such row.</summary>
    public required int SinkTenant { get; init; }
    public required bool IsVerified { get; init; }
    public required bool IsDisabled { get; init; }
    public int? RuleTenant { get; init; }
    public int? AlertTenant { get; init; }
    public int? IncidentTenant { get; init; }

    /// <summary>Number of the server that it is about; null: it is about none.</summary>
    public int? ServerId { get; init; }

    /// <summary>Null, with a number: the server is erased.</summary>
    public int? ServerTenant { get; init; }
    public required bool IsClaimed { get; init; }
    public required bool IsAcknowledged { get; init; }
    public required bool IsResolved { get; init; }
    public string? Thread { get; init; }
    public DateTime? MissingUtc { get; init; }

    public DateTimeOffset GiveUpAt => new(GiveUpUtc);

    /// <summary>Since when the sink has answered 404 and nothing else.</summary>
    public DateTimeOffset? MissingSince => MissingUtc is { } since ? new DateTimeOffset(since) : null;

    public bool IsErased => ServerId is not null && ServerTenant is null;

    /// <summary>Why nobody needs to hear it any more; null: somebody does.</summary>
    public string? Over =>
        IsErased ? "its server was erased"
        : AfterMinutes > 0 && IsAcknowledged ? "acknowledged before its time"
        : AfterMinutes > 0 && IsResolved && Tries == 1 ? "it was over before its time came"
        : Held && IsResolved && Tries == 1 ? "it was over before quiet hours ended"
        : null;

    /// <summary>Where to, in the name of whose delivery it is.</summary>
    public (TenantId Tenant, int SinkId) Sink => (new TenantId(TenantId), SinkId);

    public GatedRows Rows =>
        new()
        {
            Tenant = TenantId,
            SinkId = SinkId,
            SinkTenant = SinkTenant,
            RuleTenant = RuleTenant,
            AlertTenant = AlertTenant,
            IncidentTenant = IncidentTenant,
            ServerTenant = ServerTenant,
            IsClaimed = IsClaimed,
        };

    public override string ToString() => FormattableString.Invariant($"delivery {DeliveryId} of tenant {TenantId}");

    internal AlertMessage? Read() => AlertJson.Read(Message);
}
