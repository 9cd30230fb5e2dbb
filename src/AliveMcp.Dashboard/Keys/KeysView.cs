using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.ApiKeys;

namespace AliveMcp.Dashboard.Keys;

/// <summary>The keys of a tenant.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Keys">Those that are good.</param>
/// <param name="Issued">One just made, shown this one time; null: none.</param>
/// <param name="Typed">The name as typed already.</param>
public sealed record KeysView(Ground Ground, IReadOnlyList<KeyOnRing> Keys, FreshKey? Issued, string? Typed);
