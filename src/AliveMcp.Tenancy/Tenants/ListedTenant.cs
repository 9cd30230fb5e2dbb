using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>A tenant as operators see it.</summary>
/// <param name="Tenant">The number.</param>
/// <param name="Slug">What it is called in addresses and commands.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Plan">The plan that was chosen for it; which one holds, <see cref="TenantPlans"/> knows.</param>
/// <param name="Standing">How it stands, and since when.</param>
public sealed record ListedTenant(TenantId Tenant, string Slug, string Name, string Plan, TenantStanding Standing);
