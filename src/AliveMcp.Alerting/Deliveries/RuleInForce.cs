using AliveMcp.Alerting.Rules;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>A rule as the router reads it.</summary>
/// <param name="RuleId">Null: the one that a tenant without rules has.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="Match">Which alerts.</param>
/// <param name="Quiet">Null: never quiet.</param>
/// <param name="Rungs">Who hears, and after how long.</param>
internal sealed record RuleInForce(
    int? RuleId,
    int TenantId,
    RuleMatch Match,
    QuietHours? Quiet,
    IReadOnlyList<Rung> Rungs
);

/// <param name="AfterMinutes">0: at once.</param>
/// <param name="Sink">Who hears.</param>
internal sealed record Rung(int AfterMinutes, KnownSink Sink);

/// <param name="SinkId">Number.</param>
/// <param name="TenantId">Whose; as the row says, which the gate compares.</param>
/// <param name="IsUsable">Verified, and not switched off.</param>
internal sealed record KnownSink(int SinkId, int TenantId, bool IsUsable);
