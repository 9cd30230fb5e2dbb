using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Fleet;

/// <summary>A place that we look from.</summary>
/// <param name="Region">Its name.</param>
/// <param name="City">Where it is, for people.</param>
/// <param name="Tenant">Whose servers alone are looked at from there (a private prober); null: everybody's.</param>
public sealed record WatchRegion(Region Region, string City, TenantId? Tenant = null);
