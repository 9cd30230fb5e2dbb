using AliveMcp.Collector.Fleet;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>One round over the watch list: opens what the planner names, then queues it. Not for two callers at once.</summary>
internal sealed class ScheduleTick(
    WatchList servers,
    LiveRegions fleet,
    PlanMemory memory,
    MinuteOpener opener,
    TickLog ticks
)
{
    private const int PageSize = 1_000;

    /// <summary>A whole round comes this often; a region that begins or ends is noticed at every tick.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private IReadOnlyList<Region> _regions = [];
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

        return await RoundAsync(new PlanRound(now, regions, wereAway), cancellationToken);
    }

    private async Task<int> RoundAsync(PlanRound round, CancellationToken cancellationToken)
    {
        var opened = 0;
        var last = new ServerId(0);
        while (true)
        {
            var page = await servers.PageAsync(last, PageSize, cancellationToken);
            opened += await PlanAsync(page, round);
            if (page.Count < PageSize)
            {
                opener.Bound(memory.EndOfList());
                return opened;
            }

            last = page[^1].Key.Server;
        }
    }

    private async Task<int> PlanAsync(IReadOnlyList<WatchedServer> page, PlanRound round)
    {
        var known = await memory.OfAsync([.. page.Select(server => server.Key.Server)]);
        var planned = page.Select((server, place) => MinutePlanner.Plan(server, known[place], round)).ToList();
        var opened = await opener.OpenAsync([.. planned.SelectMany(plan => plan.Minutes)], round.Now);

        // Only what is open counts as planned: a round that broke off is made again.
        for (var place = 0; place < page.Count; place++)
        {
            memory.Keep(page[place].Key.Server, planned[place].Known);
        }

        return opened;
    }
}
