using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>Stores a region's entry in an open minute.</summary>
internal sealed class RecordScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(RecordScript), "record.lua");

    public async Task<RecordAnswer> RunAsync(ServerId server, MinuteStamp minute, RegionEntry entry)
    {
        var answer = (RedisResult[])
            (
                await Script.RunAsync(
                    redis.Database,
                    [CollectorKeys.Minute(server, minute)],
                    [
                        entry.Region.Name,
                        EntryCodec.Pack(entry),
                        MinuteTimes.Milliseconds(minute, MinuteTimes.LastResult),
                        entry.Fails ? 1 : 0,
                    ]
                )
            )!;
        var outcome = (string)answer[0]! switch
        {
            "recorded" => RecordOutcome.Recorded,
            "again" or "round" => RecordOutcome.Again,
            "late" => RecordOutcome.Late,
            "unplanned" => RecordOutcome.Unplanned,
            _ => RecordOutcome.Gone,
        };

        if (outcome == RecordOutcome.Late)
        {
            var spoke = answer.Length > 1 && Spoke((byte[])answer[1]!, entry.Region);
            return new RecordAnswer(spoke ? RecordOutcome.Again : RecordOutcome.Late, null, false);
        }

        var open = answer.Length > 1 ? OpenMinute.Read(answer) : null;
        return new RecordAnswer(outcome, open, (string)answer[0]! == "round");
    }

    /// <summary>A result that is sent again after its minute was sealed with it is not late.</summary>
    private static bool Spoke(byte[] verdict, Region region) =>
        VerdictCodec.Unpack(verdict).Entries.Any(entry => entry.Region == region);
}

/// <param name="Outcome">What became of the entry.</param>
/// <param name="Open">The minute as it is now, when it waits for nobody any more or somebody fails; else null.</param>
/// <param name="IsRoundAgain">The region spoke before, and its minute's confirmation round was called.</param>
internal sealed record RecordAnswer(RecordOutcome Outcome, OpenMinute? Open, bool IsRoundAgain)
{
    /// <summary>The minute when it waits for nobody any more; else null.</summary>
    public OpenMinute? Complete => Open is { IsComplete: true } ? Open : null;
}

internal enum RecordOutcome
{
    /// <summary>There is no such minute: never opened, or lost with Redis.</summary>
    Gone,

    /// <summary>The minute's plan does not name the region.</summary>
    Unplanned,

    /// <summary>The minute is over for this region.</summary>
    Late,
    Recorded,

    /// <summary>The region spoke before; its first word stands.</summary>
    Again,
}
