using AliveMcp.Collector.Minutes;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Fleet;

/// <summary>Which regions have a prober that asked for work within the last 60 s, and which probers those are.</summary>
public sealed class LiveRegions(RedisDoor redis, RegionTokens regions, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>Names kept of one region; a holder of its token might make up any number.</summary>
    private const int MostProbers = 100;

    private readonly TallyScript _tally = new(redis);

    /// <summary>In the order of their names, so that every scheduler writes the same plan; private ones included.</summary>
    internal async Task<IReadOnlyList<WatchRegion>> NowAsync(CancellationToken cancellationToken)
    {
        var all = await regions.WithPrivateAsync(cancellationToken);
        var database = redis.Database;
        var alive = await Task.WhenAll(all.Select(row => database.KeyExistsAsync(CollectorKeys.Alive(row.Region))));
        return [.. all.Where((_, place) => alive[place])];
    }

    /// <summary>The probers of one region, by name.</summary>
    internal async Task<IReadOnlyList<string>> ProbersAsync(Region region)
    {
        var since = (time.GetUtcNow() - Life).ToUnixTimeMilliseconds();
        var names = await redis.Database.SortedSetRangeByScoreAsync(CollectorKeys.Probers(region), since);
        return [.. names.Select(name => (string)name!).Order(StringComparer.Ordinal)];
    }

    /// <summary>Until when the failures of a region are not believed; 1970: they are.</summary>
    internal async Task<DateTimeOffset> DoubtedUntilAsync(Region region) =>
        (await _tally.RunAsync(region, more: default, TimeSpan.Zero)).DoubtedUntil;

    /// <summary>A prober asked for work.</summary>
    internal async Task NoteAsync(Region region, string prober)
    {
        var (database, probers) = (redis.Database, CollectorKeys.Probers(region));
        // By the one connection, which keeps their order: nobody waits for the second.
        var known = database.SortedSetAddAsync(probers, prober, time.GetUtcNow().ToUnixTimeMilliseconds());
        var trimmed = database.SortedSetRemoveRangeByRankAsync(probers, 0, -1 - MostProbers);
        var kept = database.KeyExpireAsync(probers, Life);
        await Task.WhenAll(known, trimmed, kept, database.StringSetAsync(CollectorKeys.Alive(region), prober, Life));
    }

    /// <summary>The region is no more: nothing is planned for it from the next tick on.</summary>
    internal Task ForgetAsync(Region region) =>
        redis.Database.KeyDeleteAsync([CollectorKeys.Alive(region), CollectorKeys.Probers(region)]);
}
