using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>Reads which open minutes of a shard are over.</summary>
internal sealed class OverdueScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(OverdueScript), "overdue.lua");

    /// <returns>Members, the oldest deadline first.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(Shard shard, int most)
    {
        var answer = (RedisResult[])(await Script.RunAsync(redis.Database, [CollectorKeys.Due(shard)], [most]))!;
        return [.. answer.Select(member => (string)member!)];
    }
}
