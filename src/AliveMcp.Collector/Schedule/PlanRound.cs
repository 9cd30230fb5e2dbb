using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>What one round of planning goes by. Hands out the slots of its first looks, so that many at once are spread.</summary>
/// <param name="now">On the path's one clock.</param>
/// <param name="regions">The regions with a live prober, by name.</param>
/// <param name="wereAway">No scheduler planned anything for so long that minutes were missed.</param>
internal sealed class PlanRound(DateTimeOffset now, IReadOnlyList<Region> regions, bool wereAway)
{
    /// <summary>First looks begin at most 200 a second.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private int _slots;

    public DateTimeOffset Now { get; } = now;

    public IReadOnlyList<Region> Regions { get; } = regions;

    public bool WereAway { get; } = wereAway;

    public DateTimeOffset NextSlot() => Now + (Step * _slots++);
}
