using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Minutes;

/// <summary>
/// Judges a minute from what its regions said. P = planned regions, R = entries that could look, F = down among them, q = quorum.
/// Pure and total: any plan with any entries has exactly one verdict, in whatever order the entries came.
/// </summary>
internal static class MinuteRule
{
    public static VerdictMinute Judge(MinutePlan plan, IReadOnlyList<RegionEntry> entries)
    {
        var ordered = InOrder(plan, entries);
        var seen = ordered.Where(entry => entry.State != ServerState.Unknown).ToList();
        var down = seen.Where(entry => entry.State == ServerState.Down).ToList();
        var ruling = Rule(plan, ordered, seen, down);
        return new VerdictMinute
        {
            Plan = plan,
            State = ruling.State,
            Why = ruling.Why,
            FailedAt = ruling.FailedAt,
            Access = WidestAccess(seen),
            VerifiedTo = seen.Count == 0 ? VerifiedTo.Nothing : seen.Max(entry => entry.VerifiedTo),
            Entries = ordered,
        };
    }

    private static Ruling Rule(
        MinutePlan plan,
        List<RegionEntry> entries,
        List<RegionEntry> seen,
        List<RegionEntry> down
    )
    {
        if (seen.Count == 0)
        {
            // Nobody could look: that is our trouble to name, never the server's.
            return new Ruling(
                ServerState.Unknown,
                entries.Count == 0 ? Why.NobodyLooked : Commonest(entries).Why,
                null
            );
        }

        if (down.Count > 0 && IsDown(plan, down.Count))
        {
            return Because(ServerState.Down, Commonest(down));
        }

        if (down.Count > 0)
        {
            var why = seen.Count > down.Count ? Why.Regional : Why.Unconfirmed;
            return new Ruling(ServerState.Degraded, why, Commonest(down).FailedAt);
        }

        if (seen.Where(entry => entry.Access != Access.Unknown).DistinctBy(entry => entry.Access).Skip(1).Any())
        {
            return new Ruling(ServerState.Degraded, Why.AuthInconsistent, null);
        }

        var degraded = seen.Where(entry => entry.State == ServerState.Degraded).ToList();
        return degraded.Count > 0
            ? Because(ServerState.Degraded, Commonest(degraded))
            : new Ruling(ServerState.Live, Why.None, null);
    }

    /// <summary>One region alone is enough when it is all there is, unless it only looked by turn and others can be asked.</summary>
    private static bool IsDown(MinutePlan plan, int down) =>
        plan.Regions.Count == 1 ? !plan.Rotating : down >= Math.Clamp(plan.Quorum, 1, plan.Regions.Count);

    /// <summary>The entry whose reason most others share; of equals the earlier in the plan.</summary>
    private static RegionEntry Commonest(List<RegionEntry> entries) =>
        entries.GroupBy(entry => (entry.Why, entry.FailedAt)).MaxBy(group => group.Count())!.First();

    private static Access WidestAccess(List<RegionEntry> seen) =>
        seen.Select(entry => entry.Access).Where(access => access != Access.Unknown).DefaultIfEmpty().Min();

    private static Ruling Because(ServerState state, RegionEntry entry) => new(state, entry.Why, entry.FailedAt);

    private static List<RegionEntry> InOrder(MinutePlan plan, IReadOnlyList<RegionEntry> entries) =>
        [
            .. plan
                .Regions.Select(region => entries.FirstOrDefault(entry => entry.Region == region))
                .OfType<RegionEntry>(),
        ];

    private readonly record struct Ruling(ServerState State, Why Why, ProbeStep? FailedAt);
}
