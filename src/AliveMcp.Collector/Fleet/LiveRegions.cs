using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Fleet;

/// <summary>Which regions have a prober that asked for work within the last 60 s.</summary>
internal sealed class LiveRegions(RedisDoor redis, RegionTokens regions)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>In the order of their names, so that every scheduler writes the same plan.</summary>
    public async Task<IReadOnlyList<Region>> NowAsync(CancellationToken cancellationToken)
    {
        var all = await regions.AllAsync(cancellationToken);
        var database = redis.Database;
        var alive = await Task.WhenAll(all.Select(row => database.KeyExistsAsync(CollectorKeys.Alive(row.Region))));
        return [.. all.Where((_, place) => alive[place]).Select(row => row.Region)];
    }

    public Task NoteAsync(Region region, string prober) =>
        redis.Database.StringSetAsync(CollectorKeys.Alive(region), prober, Life);
}
