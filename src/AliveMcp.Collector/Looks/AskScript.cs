using System.Text.Json;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Looks;

/// <summary>Puts a live look into its region's lane <c>now</c>.</summary>
internal sealed class AskScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(AskScript), "ask.lua");

    /// <returns>False when too many wait already.</returns>
    public async Task<bool> RunAsync(LookId look, LookOrder order, int bound)
    {
        // Lease drops by the minute behind the colon what waited for too long.
        var member = $"{look.Secret}:{MinuteStamp.Of(order.AskedAt).Value}";
        var answer = await Script.RunAsync(
            redis.Database,
            [CollectorKeys.Queue(look.Region, Lane.Now), CollectorKeys.Look(look.Region, look.Secret)],
            [
                member,
                JsonSerializer.SerializeToUtf8Bytes(order, LookJson.Default.LookOrder),
                bound,
                (long)LookTimes.Taken.TotalMilliseconds,
                (long)LookTimes.Kept.TotalMilliseconds,
            ]
        );
        return (int)answer == 1;
    }
}
