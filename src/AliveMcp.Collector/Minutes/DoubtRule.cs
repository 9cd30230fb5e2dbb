using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Minutes;

/// <summary>
/// Whether a region's trouble is its own. Pure. What counts as live elsewhere is the same server in the same minute, never its last known
/// state: a host that goes down for everybody is seen by one region first, while the others still remember it well.
/// </summary>
internal static class DoubtRule
{
    /// <summary>How long a region is in doubt after its last minute looked like it.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(60);

    private const int LeastSeen = 20;
    private const int LeastFailing = 5;

    /// <summary>More than 20 % fail, at least half of them live elsewhere. Those of which nobody else was asked speak neither way.</summary>
    public static bool IsInDoubt(RegionTally lastMinute) =>
        lastMinute.Seen >= LeastSeen
        && lastMinute.Failing >= LeastFailing
        && lastMinute.Failing * 5 > lastMinute.Seen
        && lastMinute.LiveElsewhere * 2 >= lastMinute.Failing - lastMinute.Alone;

    /// <summary>
    /// What one recorded entry adds to the tallies. A pair of a failing and a live region counts once: when the second of the two speaks, and
    /// only with the first live one.
    /// </summary>
    /// <param name="entry">As it was recorded just now.</param>
    /// <param name="minute">The minute with that entry; null when nobody in it fails so far.</param>
    /// <param name="isDoubtful">The entry's region is in doubt.</param>
    public static IEnumerable<(Region Region, RegionTally More)> Count(
        RegionEntry entry,
        OpenMinute? minute,
        bool isDoubtful
    )
    {
        if (entry.State == ServerState.Unknown)
        {
            yield break;
        }

        var others = minute?.Entries.Where(other => other.Region != entry.Region).ToList() ?? [];
        var isLiveElsewhere = others.Exists(other => other.State == ServerState.Live);
        if (entry.Fails)
        {
            var isAlone = isDoubtful && minute is { Plan.Regions.Count: 1 };
            yield return (entry.Region, new RegionTally(1, 1, isAlone ? 1 : 0, isLiveElsewhere ? 1 : 0));
            yield break;
        }

        yield return (entry.Region, new RegionTally(1, 0, 0, 0));
        foreach (var failing in others.Where(other => other.Fails && !isLiveElsewhere))
        {
            yield return (failing.Region, new RegionTally(0, 0, 0, 1));
        }
    }

    /// <summary>The entry of a region in doubt: what fails there is not known to fail; what lives there lives.</summary>
    public static RegionEntry Doubted(RegionEntry entry) =>
        entry.Fails
            ? new RegionEntry
            {
                Region = entry.Region,
                State = ServerState.Unknown,
                Why = Why.RegionInDoubt,
                Tries = entry.Tries,
            }
            : entry;
}
