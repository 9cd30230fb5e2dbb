using AliveMcp.Collector.Fleet;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Queues;

/// <summary>Looks at the queues without touching them.</summary>
internal sealed class QueueReader(RedisDoor redis, RedisClock clock, LiveRegions fleet)
{
    /// <summary>Every lane of every region with a live prober.</summary>
    public async Task<IReadOnlyList<(QueueName Queue, QueueSample Sample)>> ReadAsync(
        CancellationToken cancellationToken
    )
    {
        var regions = await fleet.NowAsync(cancellationToken);
        var now = await clock.NowAsync();
        var names =
            from region in regions
            from lane in Enum.GetValues<Lane>()
            select new QueueName(region.Region, lane);
        return await Task.WhenAll(names.Select(async name => (name, await ReadAsync(name, now))));
    }

    private async Task<QueueSample> ReadAsync(QueueName queue, DateTimeOffset now)
    {
        var (database, key) = (redis.Database, CollectorKeys.Queue(queue.Region, queue.Lane));
        var depth = database.SortedSetLengthAsync(key);
        var due = database.SortedSetLengthAsync(key, double.NegativeInfinity, now.ToUnixTimeMilliseconds());
        var first = await database.SortedSetRangeByRankWithScoresAsync(key, 0, 0);
        var oldest =
            first.Length > 0 ? now - DateTimeOffset.FromUnixTimeMilliseconds((long)first[0].Score) : TimeSpan.Zero;
        return new QueueSample(now, await depth, await due, oldest > TimeSpan.Zero ? oldest : TimeSpan.Zero);
    }
}
