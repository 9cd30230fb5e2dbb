using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>Whom a cell serves for all its life.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Tenant">The one tenant of an isolated cell; null for a shared one.</param>
internal readonly record struct CellOwner(Lane Lane, TenantId? Tenant)
{
    public static CellOwner Shared => new(Lane.Shared, null);

    public static CellOwner Of(TenantId tenant) => new(Lane.Isolated, tenant);

    /// <summary>For people: <c>shared</c>, or <c>tenant 7</c>.</summary>
    public override string ToString() => Tenant is { } tenant ? $"tenant {tenant.Value}" : LaneWords.Name(Lane);
}
