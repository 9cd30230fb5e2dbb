using AliveMcp.Collector.Fleet;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>One round over the watch list: opens what the planner names, then queues it. Not for two callers at once.</summary>
internal sealed class ScheduleTick(
    WatchPages servers,
    LiveRegions fleet,
    PlanMemory memory,
    PagePlanner planner,
    TickLog ticks
)
{
    private const int PageSize = 1_000;

    /// <summary>A whole round comes this often; a region that begins or ends is noticed at every tick.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private IReadOnlyList<WatchRegion> _regions = [];
    private DateTimeOffset _lastRound;

    /// <returns>How many minutes were opened.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = await ticks.NowAsync();
        var regions = await fleet.NowAsync(cancellationToken);
        if (now < _lastRound + Rest && regions.SequenceEqual(_regions))
        {
            return 0;
        }

        _regions = regions;
        _lastRound = now;
        if (regions.Count == 0)
        {
            return 0;
        }

        var wereAway = await ticks.NoteAsync(now);
        if (wereAway)
        {
            memory.Forget();
        }

        var rounds = await memory.RoundsAsync(MinuteStamp.Of(now));
        return await RoundAsync(PlanRound.Of(now, regions, wereAway, rounds), cancellationToken);
    }

    private async Task<int> RoundAsync(PlanRound round, CancellationToken cancellationToken)
    {
        await servers.BeginAsync(round.Now, cancellationToken);
        var opened = 0;
        var last = new ServerId(0);
        while (true)
        {
            var page = await servers.PageAsync(last, PageSize, cancellationToken);
            opened += await planner.PlanAsync(page.Watches, round);
            if (page.Next is not { } next)
            {
                planner.EndOfList();
                return opened;
            }

            last = next;
        }
    }
}
