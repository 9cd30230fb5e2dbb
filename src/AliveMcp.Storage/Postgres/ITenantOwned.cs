using AliveMcp.Vocabulary;

namespace AliveMcp.Storage.Postgres;

/// <summary>An entity that belongs to one tenant; the base context filters it by the tenant of the scope.</summary>
public interface ITenantOwned
{
    /// <summary>The owner.</summary>
    TenantId TenantId { get; }
}
