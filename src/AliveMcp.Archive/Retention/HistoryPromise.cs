using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Retention;

/// <summary>What a tenant was promised of its history when it came onto its plan, or when the plan grew.</summary>
/// <param name="Tenant">Who was promised it.</param>
/// <param name="Plan">The name of the plan.</param>
/// <param name="Minutes">How long minutes are kept.</param>
/// <param name="Days">How many days of bars are kept.</param>
internal sealed record HistoryPromise(TenantId Tenant, string Plan, RetentionClass Minutes, int Days);
