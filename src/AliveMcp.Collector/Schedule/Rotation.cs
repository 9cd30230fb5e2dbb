using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>
/// Who looks at a server in a minute. Every live region, unless each look costs the server a session or nobody has claimed it: then one region
/// by turn, with a reserve for the confirmation round. Once a round was called all of its regions look until a minute of theirs is live. Pure.
/// </summary>
internal static class Rotation
{
    /// <summary>So many regions more are asked about a listing.</summary>
    private const int ListingReserve = 2;

    /// <param name="watch">Who is looked at.</param>
    /// <param name="minute">When.</param>
    /// <param name="round">The regions that live, and the confirmation rounds that are not over.</param>
    public static RegionTurn Of(Watch watch, MinuteStamp minute, PlanRound round)
    {
        var live = round.RegionsOf(watch.Server);
        var rotates = watch.IssuesSessions || watch.Server.Listing;
        if (!rotates || live.Count < 2)
        {
            return new RegionTurn(live, [], IsRotating: false);
        }

        var called = round.Rounds.TryGetValue(watch.Key.Server, out var names) ? live.Intersect(names).ToList() : [];
        if (called.Count > 1)
        {
            return new RegionTurn(called, [], IsRotating: true);
        }

        var turn = (minute.Value + watch.Place.Value) / watch.Weight % live.Count;
        var reserve = watch.Server.Listing ? Math.Min(ListingReserve, live.Count - 1) : live.Count - 1;
        return new RegionTurn(
            [live[turn]],
            [.. Enumerable.Range(1, reserve).Select(step => live[(turn + step) % live.Count])],
            IsRotating: true
        );
    }
}

/// <param name="Regions">Who looks.</param>
/// <param name="Reserve">Who is asked as well when that one fails.</param>
/// <param name="IsRotating">By turn: no retry, and one failure is not yet down.</param>
internal readonly record struct RegionTurn(
    IReadOnlyList<Region> Regions,
    IReadOnlyList<Region> Reserve,
    bool IsRotating
);
