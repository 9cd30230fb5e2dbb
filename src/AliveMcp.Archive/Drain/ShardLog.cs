using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using StackExchange.Redis;

namespace AliveMcp.Archive.Drain;

/// <summary>The sealed log as its reader sees it.</summary>
public sealed class ShardLog(RedisDoor redis)
{
    /// <summary>The newest place of these shards in their epochs; 0 when a log is empty. One pipelined question.</summary>
    public async Task<IReadOnlyList<(Shard Shard, LogMark Newest)>> NewestAsync(IEnumerable<Shard> shards)
    {
        var database = redis.Database;
        var asked = shards
            .Select(shard =>
                (
                    Shard: shard,
                    Epoch: database.StringGetAsync(HandoverKeys.Epoch(shard)),
                    Last: database.SortedSetRangeByRankWithScoresAsync(HandoverKeys.Log(shard), 0, 0, Order.Descending)
                )
            )
            .ToList();
        var answers = new List<(Shard, LogMark)>(asked.Count);
        foreach (var (shard, epoch, last) in asked)
        {
            var newest = await last;
            answers.Add(
                (shard, new LogMark((string?)await epoch ?? "", newest.Length == 0 ? 0 : (long)newest[0].Score))
            );
        }

        return answers;
    }

    /// <summary>The name of the shard's log; empty when there is none yet.</summary>
    public async Task<string> EpochAsync(Shard shard) =>
        (string?)await redis.Database.StringGetAsync(HandoverKeys.Epoch(shard)) ?? "";

    /// <summary>The next members behind a place, in their order, each with its packed verdict.</summary>
    public async Task<IReadOnlyList<SealedMinute>> ReadAsync(Shard shard, long after, int most)
    {
        var members = await redis.Database.SortedSetRangeByScoreWithScoresAsync(
            HandoverKeys.Log(shard),
            after,
            double.PositiveInfinity,
            Exclude.Start,
            Order.Ascending,
            0,
            most
        );
        return Array.ConvertAll(members, member => new SealedMinute((byte[])member.Element!, (long)member.Score));
    }

    /// <summary>
    /// Lets go of members that every reader has passed. By name, not by score: after a crash Redis may give a lost sequence number again,
    /// and what carries it now has not been read.
    /// </summary>
    public async Task TrimAsync(Shard shard, IReadOnlyCollection<SealedMinute> passed)
    {
        if (passed.Count > 0)
        {
            await redis.Database.SortedSetRemoveAsync(
                HandoverKeys.Log(shard),
                [.. passed.Select(minute => (RedisValue)minute.Entry)]
            );
        }
    }
}
