using AliveMcp.Storage.Redis;
using StackExchange.Redis;

namespace AliveMcp.Archive.Drain;

/// <summary>Gives archived minutes of a shard the rest of their life.</summary>
internal sealed class ExpireScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(ExpireScript), "expire.lua");

    /// <returns>How many were still there.</returns>
    public async Task<int> RunAsync(RedisKey[] minutes, TimeSpan stay) =>
        minutes.Length == 0 ? 0 : (int)await Script.RunAsync(redis.Database, minutes, [(long)stay.TotalSeconds]);
}
