using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>Counts, for all collectors together, what a region's probers saw in the last minute.</summary>
internal sealed class TallyScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(TallyScript), "tally.lua");

    /// <summary>Longer than a minute can stay open after a doubt has ended.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <param name="region">Whose probers.</param>
    /// <param name="more">What to add; nothing for a look.</param>
    /// <param name="doubt">How long the region shall be in doubt from now on; zero leaves that as it is.</param>
    public async Task<TallyAnswer> RunAsync(Region region, RegionTally more, TimeSpan doubt)
    {
        var answer = (RedisResult[])
            (
                await Script.RunAsync(
                    redis.Database,
                    [CollectorKeys.Tally(region)],
                    [
                        more.Seen,
                        more.Failing,
                        more.Alone,
                        more.LiveElsewhere,
                        (long)doubt.TotalMilliseconds,
                        (long)Kept.TotalSeconds,
                    ]
                )
            )!;
        var lastMinute = new RegionTally((int)answer[0], (int)answer[1], (int)answer[2], (int)answer[3]);
        return new TallyAnswer(lastMinute, DateTimeOffset.FromUnixTimeMilliseconds((long)answer[4]));
    }
}

/// <param name="LastMinute">All that was seen in the last 60 s, to within 5 s.</param>
/// <param name="DoubtedUntil">On the path's one clock; 1970 when the region is in no doubt.</param>
internal readonly record struct TallyAnswer(RegionTally LastMinute, DateTimeOffset DoubtedUntil);
