using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Collector.Minutes;

/// <summary>
/// Seals every minute whose deadline is over with what was said by then. Any number of collectors may sweep at once: what one of them took
/// the others leave alone for a few seconds, and take it when it is still there then.
/// Also finishes what a collector left behind that died between record and seal.
/// </summary>
internal sealed partial class MinuteSweep(
    OverdueScript overdue,
    OpenMinuteReader reader,
    MinuteSealer sealer,
    RedisDoor redis,
    ILogger<MinuteSweep> logger
)
{
    /// <summary>Of each shard: all that is taken at once is sealed well within the time for which other collectors leave it alone.</summary>
    private const int Batch = 100;

    /// <summary>Minutes that one sweep works on at the same time: enough to keep the one connection busy.</summary>
    private const int AtOnce = 128;

    /// <summary>A minute that cannot be read comes back after this; it is gone for good with its hash.</summary>
    private static readonly TimeSpan SetAside = TimeSpan.FromMinutes(10);

    /// <returns>How many minutes were sealed by this call.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var sealedHere = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        while (true)
        {
            var taken = await Task.WhenAll(Shard.All.Select(shard => overdue.RunAsync(shard, Batch)));
            await Parallel.ForEachAsync(
                taken.SelectMany(members => members),
                options,
                async (member, _) =>
                {
                    if (await SealAsync(member))
                    {
                        Interlocked.Increment(ref sealedHere);
                    }
                }
            );
            if (!Array.Exists(taken, members => members.Count == Batch))
            {
                return sealedHere;
            }
        }
    }

    private async Task<bool> SealAsync(string member)
    {
        if (!HandoverKeys.TryParseMember(member, out var server, out var minute))
        {
            return false;
        }

        try
        {
            var open = await reader.ReadAsync(server, minute);
            if (open is not null)
            {
                return await sealer.SealAsync(open, isOver: true) is { IsFirst: true };
            }

            // Sealed already, or lost with Redis: nothing is due any more.
            await redis.Database.SortedSetRemoveAsync(CollectorKeys.Due(Shard.Of(server)), member);
            return false;
        }
        catch (FormatException fault)
        {
            UnreadableMinute(logger, member, fault);
            var later = MinuteTimes.Milliseconds(minute, MinuteTimes.Deadline + SetAside);
            await redis.Database.SortedSetAddAsync(CollectorKeys.Due(Shard.Of(server)), member, later);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Minute {Member} cannot be read; it is set aside.")]
    private static partial void UnreadableMinute(ILogger logger, string member, Exception fault);
}
