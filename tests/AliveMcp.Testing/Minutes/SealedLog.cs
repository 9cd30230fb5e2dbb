using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Testing.Minutes;

/// <summary>Stands for the collector where only its outcome matters: writes what a seal leaves behind, without its script.</summary>
public sealed class SealedLog(RedisDoor redis)
{
    /// <summary>Writes hash, sequence, log, epoch and <c>hot</c> of a verdict.</summary>
    public async Task SealAsync(VerdictMinute verdict)
    {
        var packed = VerdictCodec.Pack(verdict);
        var database = redis.Database;
        await database.HashSetAsync(
            HandoverKeys.Minute(verdict.Server.Server, verdict.Minute),
            [
                new("r", string.Join(',', verdict.Plan.Regions.Select(region => region.Name))),
                new("p", PlanCodec.Pack(verdict.Plan)),
            ]
        );
        await AppendAsync(verdict.Server.Server, verdict.Minute, packed);
        var hot = HandoverKeys.Hot(verdict.Server.Server);
        var before = await database.HashGetAsync(hot, "a");
        if (!before.IsNull)
        {
            await database.HashSetAsync(hot, "b", before);
        }

        await database.HashSetAsync(hot, "a", packed);
        if (verdict.State != ServerState.Unknown)
        {
            await database.HashSetAsync(hot, "k", packed);
        }
    }

    /// <summary>Seals many.</summary>
    public async Task SealAsync(IEnumerable<VerdictMinute> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            await SealAsync(verdict);
        }
    }

    /// <summary>Writes a minute's hash and its place in the log, whatever the bytes are.</summary>
    public async Task AppendAsync(ServerId server, MinuteStamp minute, byte[] packed)
    {
        var shard = Shard.Of(server);
        var database = redis.Database;
        await database.StringSetAsync(HandoverKeys.Epoch(shard), Guid.NewGuid().ToString("N"), null, When.NotExists);
        await database.HashSetAsync(HandoverKeys.Minute(server, minute), "sealed", packed);
        await database.KeyExpireAsync(HandoverKeys.Minute(server, minute), TimeSpan.FromMinutes(5));
        var place = await database.StringIncrementAsync(HandoverKeys.Sequence(shard));
        var entry = new LogEntry
        {
            Server = server,
            Minute = minute,
            Packed = packed,
        };
        await database.SortedSetAddAsync(HandoverKeys.Log(shard), entry.ToBytes(), place);
    }

    /// <summary>Where a minute stands in its shard's log; null when it is not there.</summary>
    public static async Task<double?> PlaceAsync(IDatabase database, ServerId server, MinuteStamp minute)
    {
        var log = await database.SortedSetRangeByRankWithScoresAsync(HandoverKeys.Log(Shard.Of(server)));
        return log.Where(member =>
                LogEntry.TryRead((byte[])member.Element!, out var read)
                && (read.Server, read.Minute) == (server, minute)
            )
            .Select(member => (double?)member.Score)
            .SingleOrDefault();
    }

    /// <summary>How many members the shard's log holds.</summary>
    public Task<long> LengthAsync(ServerId server) =>
        redis.Database.SortedSetLengthAsync(HandoverKeys.Log(Shard.Of(server)));
}
