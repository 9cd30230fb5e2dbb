using AliveMcp.Storage.Redis;
using StackExchange.Redis;

namespace AliveMcp.Collector.Looks;

/// <summary>Writes what a live look said: field <c>t</c> the prober that took it, <c>1</c>, <c>2</c>, … its steps, <c>r</c> its verdict.</summary>
internal sealed class TellScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(TellScript), "tell.lua");

    /// <returns>How many fields were new; -1 when nobody remembers the look.</returns>
    public async Task<int> RunAsync(LookId look, params IReadOnlyList<(string Field, RedisValue Value)> fields) =>
        (int)
            await Script.RunAsync(
                redis.Database,
                [CollectorKeys.Look(look.Region, look.Secret)],
                [.. fields.SelectMany(field => new[] { (RedisValue)field.Field, field.Value })]
            );
}
