using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.Tenants;

namespace AliveMcp.Dashboard.Tenants;

/// <summary>The tenants of a person.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Tenants">Hers.</param>
/// <param name="Slug">As typed already.</param>
/// <param name="Name">As typed already.</param>
public sealed record TenantsView(Ground Ground, IReadOnlyList<OwnTenant> Tenants, string? Slug, string? Name);
