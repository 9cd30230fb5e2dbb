using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using StackExchange.Redis;

namespace AliveMcp.Archive.Drain;

/// <summary>The sealed log as its reader sees it.</summary>
internal sealed class ShardLog(RedisDoor redis)
{
    /// <summary>
    /// How long a minute's hash stays after the log has let go of it: past the end of its time, so that nobody opens it again and late
    /// results find it sealed. Every minute more costs Redis as much as the open minutes do.
    /// </summary>
    private static readonly TimeSpan HashOutlives = TimeSpan.FromMinutes(3);

    private readonly PageScript _page = new(redis);

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

    public async Task<string> EpochAsync(Shard shard) =>
        (string?)await redis.Database.StringGetAsync(HandoverKeys.Epoch(shard)) ?? "";

    /// <summary>The next members behind a place, in their order, each with its packed verdict.</summary>
    public async Task<IReadOnlyList<SealedMinute>> ReadAsync(Shard shard, long after, int most)
    {
        var database = redis.Database;
        var members = await database.SortedSetRangeByScoreWithScoresAsync(
            HandoverKeys.Log(shard),
            after,
            double.PositiveInfinity,
            Exclude.Start,
            Order.Ascending,
            0,
            most
        );
        var hashes = Array.ConvertAll(members, member => HashOf(member.Element));
        var packed = await _page.RunAsync([.. hashes.OfType<string>().Select(hash => (RedisKey)hash)]);
        var read = new List<SealedMinute>(members.Length);
        var place = 0;
        for (var i = 0; i < members.Length; i++)
        {
            var bytes = hashes[i] is null ? null : packed[place++];
            read.Add(new SealedMinute(members[i].Element!, (long)members[i].Score, bytes) { Hash = hashes[i] });
        }

        return read;
    }

    /// <summary>
    /// Lets go of members that every reader has passed. By name, not by score: after a crash Redis may give a lost sequence number again,
    /// and what carries it now has not been read.
    /// </summary>
    public async Task TrimAsync(Shard shard, IReadOnlyCollection<SealedMinute> passed)
    {
        if (passed.Count == 0)
        {
            return;
        }

        var database = redis.Database;
        foreach (var minute in passed)
        {
            if (minute.Hash is { } hash)
            {
                // Nobody waits for an answer: should it be lost with the connection, the hash lives its day.
                _ = database.KeyExpireAsync(hash, HashOutlives, CommandFlags.FireAndForget);
            }
        }

        await database.SortedSetRemoveAsync(
            HandoverKeys.Log(shard),
            [.. passed.Select(member => (RedisValue)member.Member)]
        );
    }

    private static string? HashOf(string? member) =>
        HandoverKeys.TryParseMember(member, out var server, out var minute)
            ? HandoverKeys.Minute(server, minute)
            : null;
}
