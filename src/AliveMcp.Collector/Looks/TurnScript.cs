using AliveMcp.Storage.Redis;
using StackExchange.Redis;

namespace AliveMcp.Collector.Looks;

/// <summary>Lets so many through in a span of time.</summary>
internal sealed class TurnScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(TurnScript), "turn.lua");

    /// <returns>Zero when this one is let through, else for how long it is not.</returns>
    public async Task<TimeSpan> RunAsync(RedisKey key, int most, TimeSpan span)
    {
        var left = (long)await Script.RunAsync(redis.Database, [key], [most, (long)span.TotalMilliseconds]);
        return TimeSpan.FromMilliseconds(left);
    }
}
