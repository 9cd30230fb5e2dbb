using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>Takes open minutes of a shard that are over.</summary>
internal sealed class OverdueScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(OverdueScript), "overdue.lua");

    /// <summary>Whoever took a minute and died has kept it from the others for so long.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    /// <returns>Members, the oldest first; others are not given them for a while.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(Shard shard, int most)
    {
        var answer = (RedisResult[])
            (await Script.RunAsync(redis.Database, [CollectorKeys.Due(shard)], [most, (long)Hold.TotalMilliseconds]))!;
        return [.. answer.Select(member => (string)member!)];
    }
}
