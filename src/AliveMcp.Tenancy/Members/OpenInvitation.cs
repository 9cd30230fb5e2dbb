using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Members;

/// <summary>An invitation as whoever holds its letter sees it.</summary>
/// <param name="Tenant">Where to.</param>
/// <param name="TenantSlug">In URLs.</param>
/// <param name="TenantName">How the tenant is called.</param>
/// <param name="Email">For whom.</param>
/// <param name="Role">As what.</param>
/// <param name="IsKnown">That address has an account here: it signs in first.</param>
public sealed record OpenInvitation(
    TenantId Tenant,
    string TenantSlug,
    string TenantName,
    string Email,
    Role Role,
    bool IsKnown
);
