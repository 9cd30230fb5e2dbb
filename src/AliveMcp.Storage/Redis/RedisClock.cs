using StackExchange.Redis;

namespace AliveMcp.Storage.Redis;

/// <summary>The one clock of the path: the Redis server's <c>TIME</c>, which scripts and programs see alike.</summary>
public sealed class RedisClock(RedisDoor redis)
{
    public async Task<DateTimeOffset> NowAsync()
    {
        var answer = (RedisResult[])(await redis.Database.ExecuteAsync("TIME"))!;
        var micros = ((long)answer[0] * 1_000_000) + (long)answer[1];
        return DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
    }
}
