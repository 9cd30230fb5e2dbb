using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Schedule;

/// <summary>
/// Decides which minutes of a server shall be looked at, from where and when. Pure: the same question has the same answer on every
/// scheduler, so any of them may ask at any time, and whoever comes late plans what can still be useful.
/// 1. The running minute, if it is the server's turn and not planned yet; the next one from 20 s before it begins.
/// 2. A server that nobody looked at for two turns (new, resumed, after our own downtime) gets a first look: now, turn or not.
/// 3. A look out of turn moves the next one behind its own latest end.
/// </summary>
internal static class MinutePlanner
{
    /// <summary>Between two regions of one first look.</summary>
    private static readonly TimeSpan RegionStep = TimeSpan.FromMilliseconds(500);

    /// <param name="server">Who is watched.</param>
    /// <param name="known">What is known of its minutes so far.</param>
    /// <param name="round">Now, the regions that live, and whether we ourselves were away.</param>
    /// <returns>What to open, and what is known afterwards.</returns>
    public static PlannedServer Plan(WatchedServer server, PlannedSoFar known, PlanRound round)
    {
        var minutes = new List<PlannedMinute>(2);
        if (round.Regions.Count == 0)
        {
            return new PlannedServer(minutes, known);
        }

        var current = MinuteStamp.Of(round.Now);
        var last = round.Now >= (current + 1).Start - MinuteTimes.PlanAhead ? current + 1 : current;
        for (var minute = current; minute <= last; minute += 1)
        {
            if (known.Last is { } planned && minute <= planned)
            {
                continue;
            }

            var isFirst = IsFirstLook(server, known, round, minute);
            if (!isFirst && !StartTimes.IsTurn(server.Key.Server, minute, server.Weight))
            {
                continue;
            }

            if (Open(server, minute, known, round, isFirst) is { } opened)
            {
                minutes.Add(opened);
                known = new PlannedSoFar(minute, BusyUntil(opened));
            }
        }

        return new PlannedServer(minutes, known);
    }

    private static bool IsFirstLook(WatchedServer server, PlannedSoFar known, PlanRound round, MinuteStamp minute) =>
        known.Last is not { } last
        || minute - last > 2 * server.Weight
        // A turn that we slept through is made up for at once, not when its place in a later minute comes.
        || (
            round.WereAway
            && last + StartTimes.Until(server.Key.Server, last, server.Weight) <= MinuteStamp.Of(round.Now)
        );

    private static PlannedMinute? Open(
        WatchedServer server,
        MinuteStamp minute,
        PlannedSoFar known,
        PlanRound round,
        bool isFirst
    )
    {
        var starts = new List<DateTimeOffset>(round.Regions.Count);
        var soon = isFirst ? SoonStart(server.Key.Server, minute, round) : default;
        for (var place = 0; place < round.Regions.Count; place++)
        {
            var start = isFirst
                ? soon + (RegionStep * (place % 10))
                : minute.Start + StartTimes.Offset(server.Key.Server, round.Regions[place]);
            start = Later(start, round.Now);
            start = known.BusyUntil is { } busy ? Later(start, busy + StartTimes.Distance) : start;
            if (start > minute.Start + MinuteTimes.LastStart)
            {
                return null;
            }

            starts.Add(start);
        }

        return new PlannedMinute(PlanOf(server, minute, round.Regions), starts, server.Lane);
    }

    /// <summary>In the running minute a slot of the round's pace; in a coming one soon after its boundary.</summary>
    private static DateTimeOffset SoonStart(ServerId server, MinuteStamp minute, PlanRound round) =>
        minute.Start <= round.Now ? round.NextSlot() : minute.Start + StartTimes.SoonAfter(server);

    private static MinutePlan PlanOf(WatchedServer server, MinuteStamp minute, IReadOnlyList<Region> regions) =>
        new()
        {
            Server = server.Key,
            Minute = minute,
            Regions = regions,
            Weight = StartTimes.Until(server.Key.Server, minute, server.Weight),
            Quorum = Math.Clamp(server.Quorum, 1, regions.Count),
            Retention = server.Retention,
            SettingsVersion = server.SettingsVersion,
        };

    /// <summary>Null when every region looks in its turn: regular starts never come near each other.</summary>
    private static DateTimeOffset? BusyUntil(PlannedMinute minute)
    {
        DateTimeOffset? busy = null;
        for (var place = 0; place < minute.Starts.Count; place++)
        {
            var region = minute.Plan.Regions[place];
            if (minute.Starts[place] != minute.Plan.Minute.Start + StartTimes.Offset(minute.Plan.Server.Server, region))
            {
                var end = StartTimes.LastEnd(minute.Plan, region, minute.Starts[place]);
                busy = busy is { } other ? Later(other, end) : end;
            }
        }

        return busy;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
