using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>A tenant as one of its members sees it.</summary>
/// <param name="Tenant">Its number.</param>
/// <param name="Slug">In URLs.</param>
/// <param name="Name">How it is called, made safe to show.</param>
/// <param name="Role">What the member is there.</param>
/// <param name="Standing">How it stands with us.</param>
public sealed record OwnTenant(TenantId Tenant, string Slug, string Name, Role Role, TenantStanding Standing);
