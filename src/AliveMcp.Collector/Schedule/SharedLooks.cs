using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>
/// Servers that are looked at alike share one look: the lowest of them gives the place in the minute and the turns, the others take them.
/// Pure. One that is new, or that something else is remembered of, is looked at for itself until it is as the others are.
/// </summary>
internal static class SharedLooks
{
    /// <summary>A ticket names everybody it is for; more get a look of their own.</summary>
    private const int MostTogether = 64;

    /// <param name="alike">Servers of one probe key, by number.</param>
    public static IEnumerable<Watch> Seat(IEnumerable<Watch> alike) =>
        alike
            .GroupBy(watch =>
                (
                    watch.Weight,
                    watch.Slowed,
                    watch.Facts.ExpectedAccess,
                    watch.Facts.HasTools,
                    watch.IssuesSessions,
                    // An origin may send us away from its listings, and from nobody's own server.
                    watch.Server.Listing
                )
            )
            .SelectMany(same => same.Chunk(MostTogether))
            .SelectMany(together =>
                together.Length == 1
                    ? together
                    : together.Select(watch => watch with { Place = together[0].Key.Server, IsShared = true })
            );

    /// <summary>Marks those of the planned minutes that one look serves.</summary>
    public static IReadOnlyList<PlannedMinute> Join(IReadOnlyList<(Watch Watch, PlannedMinute Minute)> planned)
    {
        var leaders = planned
            .Where(one => one.Watch.IsShared && one.Watch.Place == one.Watch.Key.Server)
            .ToDictionary(one => (one.Watch.Place, one.Minute.Plan.Minute), one => one.Minute);
        var sharers = new Dictionary<PlannedMinute, List<ServerKey>>(ReferenceEqualityComparer.Instance);
        var minutes = planned
            .Select(one =>
            {
                if (
                    one.Watch.Place == one.Watch.Key.Server
                    || !leaders.TryGetValue((one.Watch.Place, one.Minute.Plan.Minute), out var leader)
                    || !AreOne(leader, one.Minute)
                )
                {
                    return one.Minute;
                }

                if (!sharers.TryGetValue(leader, out var names))
                {
                    sharers[leader] = names = [];
                }

                names.Add(one.Watch.Key);
                return one.Minute with { SharedBy = leader.Plan.Server };
            })
            .ToList();
        return minutes.ConvertAll(minute =>
            sharers.TryGetValue(minute, out var names) ? minute with { Sharers = names } : minute
        );
    }

    private static bool AreOne(PlannedMinute leader, PlannedMinute other) =>
        leader.Plan.Lane == Vocabulary.Tickets.Lane.Shared
        && other.Plan.Lane == leader.Plan.Lane
        && other.Plan.Weight == leader.Plan.Weight
        && other.Plan.Rotating == leader.Plan.Rotating
        && other.Plan.Regions.SequenceEqual(leader.Plan.Regions)
        && other.Starts.SequenceEqual(leader.Starts);
}
