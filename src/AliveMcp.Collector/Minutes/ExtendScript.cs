using System.Globalization;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>Calls the confirmation round of an open minute. Calling it again changes nothing.</summary>
internal sealed class ExtendScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(ExtendScript), "extend.lua");

    /// <param name="plan">Of the minute.</param>
    /// <param name="latest">On the path's one clock: a round that is called later would not end in time.</param>
    public async Task<ExtendAnswer> RunAsync(MinutePlan plan, DateTimeOffset latest)
    {
        var server = plan.Server.Server;
        var answer = (RedisResult[])
            (
                await Script.RunAsync(
                    redis.Database,
                    [CollectorKeys.Minute(server, plan.Minute), CollectorKeys.Rounds(Shard.Of(server))],
                    [latest.ToUnixTimeMilliseconds(), server.Value, plan.Minute.Value]
                )
            )!;
        var now = long.Parse((string)answer[1]!, NumberStyles.None, CultureInfo.InvariantCulture);
        return new ExtendAnswer(
            DateTimeOffset.FromUnixTimeMilliseconds(now),
            answer.Length > 2 ? OpenMinute.Read(answer.AsSpan(2)) : null
        );
    }
}

/// <param name="Now">On the path's one clock.</param>
/// <param name="Round">The minute with its round; null when it has none: nobody else can be asked, it is too late, or it is over.</param>
internal sealed record ExtendAnswer(DateTimeOffset Now, OpenMinute? Round);
