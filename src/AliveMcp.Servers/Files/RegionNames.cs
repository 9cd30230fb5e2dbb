using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>The regions that a tenant's servers file may name. Who keeps the regions registers it; without it any name is taken.</summary>
/// <param name="OfAsync">The regions that are everybody's and the tenant's own, by name.</param>
public sealed record RegionNames(Func<TenantId, CancellationToken, Task<IReadOnlyList<KnownRegion>>> OfAsync);

/// <summary>A region that a tenant may name.</summary>
/// <param name="Region">Its name.</param>
/// <param name="IsOwn">Its prober is the tenant's, inside a network of its own.</param>
public readonly record struct KnownRegion(Region Region, bool IsOwn);
