using AliveMcp.Collector.Fleet;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Status;

/// <summary>Where regions are, for people; asked for again after five minutes.</summary>
public sealed class RegionCities(RegionTokens regions, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private IReadOnlyDictionary<Region, string> _cities = new Dictionary<Region, string>();
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;

    /// <summary>The city of every region that is everybody's.</summary>
    public async Task<IReadOnlyDictionary<Region, string>> AllAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _askedAt > Kept)
        {
            var all = await regions.AllAsync(cancellationToken);
            (_cities, _askedAt) = (all.ToDictionary(region => region.Region, region => region.City), now);
        }

        return _cities;
    }
}
