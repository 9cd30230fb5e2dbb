using AliveMcp.Storage.Redis;
using StackExchange.Redis;

namespace AliveMcp.Archive.Drain;

/// <summary>Reads many sealed minutes of a shard by one call: a call each would cost more than all the rest of the drain.</summary>
internal sealed class PageScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(PageScript), "page.lua");

    /// <returns>In the order of the keys; null where the minute is gone.</returns>
    public async Task<IReadOnlyList<byte[]?>> RunAsync(RedisKey[] minutes)
    {
        if (minutes.Length == 0)
        {
            return [];
        }

        var answer = (RedisResult[])(await Script.RunAsync(redis.Database, minutes, []))!;
        return Array.ConvertAll(answer, packed => (byte[]?)packed);
    }
}
