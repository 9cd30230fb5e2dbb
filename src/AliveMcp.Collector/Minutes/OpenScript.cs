using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Minutes;

/// <summary>Opens a minute once.</summary>
internal sealed class OpenScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(OpenScript), "open.lua");

    /// <param name="plan">The rules of the minute.</param>
    /// <param name="sharers">Whose minutes its look serves, too: known to the desk, which tells the ticket.</param>
    public async Task<OpenAnswer> RunAsync(MinutePlan plan, IReadOnlyList<ServerKey>? sharers = null)
    {
        var server = plan.Server.Server;
        var shard = Shard.Of(server);
        var answer = await Script.RunAsync(
            redis.Database,
            [
                CollectorKeys.Minute(server, plan.Minute),
                CollectorKeys.Due(shard),
                CollectorKeys.Epoch(shard),
                CollectorKeys.Hot(server),
            ],
            [
                PlanCodec.PackRegions(plan),
                PlanCodec.Pack(plan),
                HandoverKeys.Member(server, plan.Minute),
                MinuteTimes.Milliseconds(plan.Minute, MinuteTimes.Deadline),
                Guid.NewGuid().ToString("N"),
                (long)MinuteTimes.Kept.TotalSeconds,
                plan.Minute.Value,
                plan.Weight,
                PlanCodec.PackReserve(plan),
                ServerKeys.Write(sharers ?? []),
            ]
        );
        return (OpenAnswer)(int)answer;
    }
}

/// <summary>What became of an opening. The numbers are the script's.</summary>
internal enum OpenAnswer
{
    TooLate = -1,
    OpenedBefore = 0,
    Opened = 1,

    /// <summary>A minute that was opened before stands for this one, too.</summary>
    Covered = 2,
}
