using AliveMcp.Collector.Memory;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Minutes;

/// <summary>Judges what was said and seals it; judges again when more was said meanwhile. Tells the readers.</summary>
internal sealed class MinuteSealer(
    SealScript seal,
    RegionDoubts doubts,
    RedisDoor redis,
    ServerMemories memories,
    CollectorMeter meter
)
{
    /// <summary>Any number of callers may seal the same minute: one of them does, all get its one verdict.</summary>
    /// <param name="minute">As it was read.</param>
    /// <param name="isOver">Its deadline is over: whoever is silent stays so. Else it is left alone when it is not complete after all.</param>
    /// <returns>The verdict and whether this call gave it; null when there is no such minute, or it still waits.</returns>
    public async Task<SealedMinute?> SealAsync(OpenMinute minute, bool isOver)
    {
        while (isOver || minute.IsComplete)
        {
            minute = await doubts.BelievedAsync(minute);
            var verdict = MinuteRule.Judge(minute.Plan, minute.Entries);
            var answer = await seal.RunAsync(verdict);
            switch (answer.Outcome)
            {
                case SealOutcome.Sealed:
                    meter.Sealed(verdict.State);
                    await redis.Subscriber.PublishAsync(HandoverKeys.SealedChannel, Name(verdict));
                    await memories.LearnAsync(verdict);
                    return new SealedMinute(verdict, IsFirst: true);
                case SealOutcome.SealedBefore:
                    return new SealedMinute(answer.Verdict!, IsFirst: false);
                case SealOutcome.EntriesChanged:
                    minute = answer.Open!;
                    continue;
                default:
                    return null;
            }
        }

        // A confirmation round was called meanwhile.
        return null;
    }

    private static string Name(VerdictMinute verdict) =>
        Shard.Of(verdict.Server.Server).Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <param name="Verdict">The one answer of the minute.</param>
/// <param name="IsFirst">True for the one caller whose seal it was.</param>
internal sealed record SealedMinute(VerdictMinute Verdict, bool IsFirst);
