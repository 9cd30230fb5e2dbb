using AliveMcp.Collector.Fleet;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Status;

/// <summary>How the regions of the install are: what operators are called for. Regions whose first prober has not come yet are not among them.</summary>
public sealed class RegionPulses(RegionRegister regions, TimeProvider clock)
{
    /// <summary>All of them by name, private ones included.</summary>
    public async Task<IReadOnlyList<RegionPulse>> AllAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. from region in await regions.ListAsync(cancellationToken)
            let used = region.Tokens.Max(token => token.LastUsed ?? token.FirstUsed)
            where used is not null
            select new RegionPulse(region.Region, region.City, used.Value)
            {
                HasProbers = region.Probers.Count > 0,
                IsInDoubt = region.DoubtedUntil > now,
            },
        ];
    }
}

/// <summary>How a region is.</summary>
/// <param name="Region">Its name.</param>
/// <param name="City">Where it is, for people.</param>
/// <param name="LastSeen">When a prober of it last came, to within a minute.</param>
public sealed record RegionPulse(Region Region, string City, DateTimeOffset LastSeen)
{
    /// <summary>A prober of it asked for work within the last 60 s.</summary>
    public required bool HasProbers { get; init; }

    /// <summary>What fails there is not believed now, because others see those servers live.</summary>
    public required bool IsInDoubt { get; init; }
}
