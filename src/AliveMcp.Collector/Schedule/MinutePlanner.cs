using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Schedule;

/// <summary>
/// Decides which minutes of a server shall be looked at, from where and when. Pure: the same question has the same answer on every
/// scheduler, so any of them may ask at any time, and whoever comes late plans what can still be useful.
/// 1. The running minute, and the next one from 20 s before it begins, unless an earlier verdict stands for it. A verdict stands for the
///    minutes up to the server's next turn, whatever its cadence becomes meanwhile: so weights neither overlap nor leave gaps.
/// 2. A server that nobody looked at for two turns (new, resumed, after our own downtime) gets a first look: now, not at its place.
/// 3. A look out of turn moves the next one behind its own latest end.
/// 4. A server that asked us to wait is not looked at before; then at its place, not at once.
/// </summary>
internal static class MinutePlanner
{
    /// <summary>Between two regions of one first look.</summary>
    private static readonly TimeSpan RegionStep = TimeSpan.FromMilliseconds(500);

    /// <param name="watch">Who is watched.</param>
    /// <param name="known">What is known of its minutes so far.</param>
    /// <param name="round">Now, the regions that live, and whether we ourselves were away.</param>
    /// <returns>What to open, and what is known afterwards.</returns>
    public static PlannedServer Plan(Watch watch, PlannedSoFar known, PlanRound round)
    {
        var current = MinuteStamp.Of(round.Now);
        var last = round.Now >= (current + 1).Start - MinuteTimes.PlanAhead ? current + 1 : current;
        if (round.RegionsOf(watch.Server).Count == 0 || (known.Last is not null && known.CoveredUntil > last))
        {
            return new PlannedServer([], known);
        }

        var minutes = new List<PlannedMinute>(2);
        for (var minute = current; minute <= last; minute += 1)
        {
            if (known.Last is not null && minute < known.CoveredUntil)
            {
                continue;
            }

            if (Open(watch, minute, known, round) is { } opened)
            {
                minutes.Add(opened);
                known = new PlannedSoFar(minute, opened.Plan.Weight, watch.Place, BusyUntil(opened, watch.Place));
            }
        }

        return new PlannedServer(minutes, known);
    }

    private static bool IsFirstLook(Watch watch, PlannedSoFar known, PlanRound round, MinuteStamp minute) =>
        watch.NotBefore is null
        && !known.IsReopening
        && (
            known.Last is not { } last
            || minute - last > 2 * Math.Max(watch.Weight, known.Weight)
            // A turn that we slept through is made up for at once, not when its place in a later minute comes.
            || (round.WereAway && known.CoveredUntil <= MinuteStamp.Of(round.Now))
        );

    private static PlannedMinute? Open(Watch watch, MinuteStamp minute, PlannedSoFar known, PlanRound round)
    {
        var turn = Rotation.Of(watch, minute, round);
        var regions = turn.Regions;
        var isFirst = IsFirstLook(watch, known, round, minute);
        var soon = isFirst ? SoonStart(watch, minute, round) : default;
        var starts = new List<DateTimeOffset>(regions.Count);
        for (var place = 0; place < regions.Count; place++)
        {
            var start = isFirst
                ? soon + (RegionStep * (place % 10))
                : minute.Start + StartTimes.Offset(watch.Place, regions[place]);
            start = Later(start, round.Now);
            start = FreeFrom(watch, known, regions[place], isFirst) is { } free ? Later(start, free) : start;
            if (start < watch.NotBefore || start > minute.Start + MinuteTimes.LastStart)
            {
                return null;
            }

            starts.Add(start);
        }

        var plan = PlanOf(watch, minute, turn) with { Lane = round.LaneOf(watch.Server) };
        return new PlannedMinute(plan, starts);
    }

    /// <summary>In the running minute a slot of the round's pace; in a coming one soon after its boundary.</summary>
    private static DateTimeOffset SoonStart(Watch watch, MinuteStamp minute, PlanRound round) =>
        minute.Start <= round.Now ? round.NextSlot(watch) : minute.Start + StartTimes.SoonAfter(watch.Place);

    /// <summary>Null when the look before keeps clear by itself: regular starts at one place never come near each other.</summary>
    private static DateTimeOffset? FreeFrom(Watch watch, PlannedSoFar known, Region region, bool isFirst)
    {
        if (known.BusyUntil is { } busy)
        {
            return busy + StartTimes.Distance;
        }

        var place = known.Place ?? watch.Place;
        if (known.Last is not { } last || (place == watch.Place && !isFirst))
        {
            return null;
        }

        var start = last.Start + StartTimes.Offset(place, region);
        return StartTimes.LastEnd(place, last, known.Weight, region, start) + StartTimes.Distance;
    }

    private static MinutePlan PlanOf(Watch watch, MinuteStamp minute, RegionTurn turn) =>
        new()
        {
            Server = watch.Key,
            Minute = minute,
            Regions = turn.Regions,
            Reserve = turn.Reserve,
            Rotating = turn.IsRotating,
            Weight = StartTimes.Until(watch.Place, minute, watch.Weight),
            Slowed = watch.Slowed,
            Maintenance = watch.Server.Maintenance.Any(span => span.Holds(minute)),
            Quorum = Math.Clamp(watch.Server.Quorum, 1, turn.Regions.Count + turn.Reserve.Count),
            Retention = watch.Server.Retention,
            SettingsVersion = watch.Server.SettingsVersion,
        };

    /// <summary>Null when every region looks at its place.</summary>
    private static DateTimeOffset? BusyUntil(PlannedMinute minute, ServerId at)
    {
        DateTimeOffset? busy = null;
        var plan = minute.Plan;
        for (var place = 0; place < minute.Starts.Count; place++)
        {
            var (region, start) = (plan.Regions[place], minute.Starts[place]);
            if (start != plan.Minute.Start + StartTimes.Offset(at, region))
            {
                var end = StartTimes.LastEnd(at, plan.Minute, plan.Weight, region, start);
                busy = busy is { } other ? Later(other, end) : end;
            }
        }

        return busy;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
