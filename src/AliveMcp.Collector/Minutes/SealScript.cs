using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>Closes a minute once, if what was judged is still all that was said, and all that was asked.</summary>
internal sealed class SealScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(SealScript), "seal.lua");

    /// <summary>Only who looked from several places can say that all is well again.</summary>
    private static bool EndsRound(VerdictMinute verdict) =>
        verdict is { State: ServerState.Live, Plan: { Rotating: true, Regions.Count: > 1 } };

    public async Task<SealAnswer> RunAsync(VerdictMinute verdict)
    {
        var server = verdict.Server.Server;
        var shard = Shard.Of(server);
        var answer = (RedisResult[])
            (
                await Script.RunAsync(
                    redis.Database,
                    [
                        CollectorKeys.Minute(server, verdict.Minute),
                        CollectorKeys.Due(shard),
                        CollectorKeys.Log(shard),
                        CollectorKeys.Sequence(shard),
                        CollectorKeys.Hot(server),
                        CollectorKeys.Rounds(shard),
                    ],
                    [
                        verdict.Entries.Count,
                        VerdictCodec.Pack(verdict),
                        HandoverKeys.Member(server, verdict.Minute),
                        verdict.Minute.Value,
                        verdict.State == ServerState.Unknown ? 0 : 1,
                        (long)MinuteTimes.Kept.TotalSeconds,
                        verdict.Plan.Regions.Count,
                        EndsRound(verdict) ? server.Value : "",
                        (long)MinuteTimes.SealedOutlives.TotalSeconds,
                        (long)MinuteTimes.Kept.TotalMinutes,
                    ]
                )
            )!;
        return (string)answer[0]! switch
        {
            "sealed" => new SealAnswer(SealOutcome.Sealed, verdict, null),
            "before" => new SealAnswer(SealOutcome.SealedBefore, VerdictCodec.Unpack((byte[])answer[1]!), null),
            "open" => new SealAnswer(SealOutcome.EntriesChanged, null, OpenMinute.Read(answer)),
            _ => new SealAnswer(SealOutcome.Gone, null, null),
        };
    }
}

/// <param name="Outcome">What became of the seal.</param>
/// <param name="Verdict">The one answer of the minute, now or from before.</param>
/// <param name="Open">What has been said by now, to be judged again.</param>
internal sealed record SealAnswer(SealOutcome Outcome, VerdictMinute? Verdict, OpenMinute? Open);

internal enum SealOutcome
{
    Sealed,
    SealedBefore,

    /// <summary>Somebody spoke, or was asked, meanwhile.</summary>
    EntriesChanged,
    Gone,
}
