using System.Collections.Concurrent;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Collector.Minutes;

/// <summary>
/// Which regions are in doubt. A doubt holds for every minute that it touches: entries that failed shortly before it began are not believed
/// either, as long as their minute is open.
/// </summary>
internal sealed partial class RegionDoubts(TallyScript tally, TimeProvider time, ILogger<RegionDoubts> logger)
{
    /// <summary>Another collector may have put a region in doubt meanwhile.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Region, Known> _known = new();

    /// <summary>Adds what was recorded to the regions' tallies, and puts in doubt whom that makes doubtful.</summary>
    /// <param name="recorded">Each entry with its minute as the record told it.</param>
    public async Task CountAsync(IReadOnlyCollection<(RegionEntry Entry, OpenMinute? Minute)> recorded)
    {
        var more = new Dictionary<Region, RegionTally>();
        foreach (var (entry, minute) in recorded)
        {
            var isDoubtful =
                entry.Fails && minute is not null && await IsInDoubtAsync(entry.Region, minute.Plan.Minute);
            foreach (var (region, count) in DoubtRule.Count(entry, minute, isDoubtful))
            {
                more[region] = more.GetValueOrDefault(region) + count;
            }
        }

        await Task.WhenAll(more.Select(region => AddAsync(region.Key, region.Value)));
    }

    /// <returns>The minute as it may be judged: what fails in a region in doubt is unknown.</returns>
    public async ValueTask<OpenMinute> BelievedAsync(OpenMinute minute)
    {
        if (!minute.Entries.Any(entry => entry.Fails))
        {
            return minute;
        }

        var believed = new List<RegionEntry>(minute.Entries.Count);
        foreach (var entry in minute.Entries)
        {
            believed.Add(await BelievedAsync(entry, minute.Plan.Minute));
        }

        return minute with
        {
            Entries = believed,
        };
    }

    public async ValueTask<RegionEntry> BelievedAsync(RegionEntry entry, MinuteStamp minute) =>
        entry.Fails && await IsInDoubtAsync(entry.Region, minute) ? DoubtRule.Doubted(entry) : entry;

    private async ValueTask<bool> IsInDoubtAsync(Region region, MinuteStamp minute)
    {
        if (!_known.TryGetValue(region, out var known) || time.GetElapsedTime(known.ReadAt) > Fresh)
        {
            var answer = await tally.RunAsync(region, default, TimeSpan.Zero);
            known = Remember(region, answer);
        }

        return known.Until >= minute.Start;
    }

    private async Task AddAsync(Region region, RegionTally more)
    {
        var answer = await tally.RunAsync(region, more, TimeSpan.Zero);
        if (DoubtRule.IsInDoubt(answer.LastMinute))
        {
            var (last, before) = (answer.LastMinute, answer.DoubtedUntil);
            answer = await tally.RunAsync(region, default, DoubtRule.Lasts);
            if (before < answer.DoubtedUntil - DoubtRule.Lasts)
            {
                InDoubt(logger, region, last.Failing, last.Seen, last.LiveElsewhere);
            }
        }

        Remember(region, answer);
    }

    private Known Remember(Region region, TallyAnswer answer) =>
        _known[region] = new Known(answer.DoubtedUntil, time.GetTimestamp());

    private readonly record struct Known(DateTimeOffset Until, long ReadAt);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Region} is in doubt: {Failing} of {Seen} servers fail there, {LiveElsewhere} of them live elsewhere."
    )]
    private static partial void InDoubt(ILogger logger, Region region, int failing, int seen, int liveElsewhere);
}
