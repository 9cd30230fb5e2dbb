using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Minutes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>One round over the watch list: opens what the planner names, then queues it. Not for two callers at once.</summary>
internal sealed class ScheduleTick(
    WatchPages servers,
    LiveRegions fleet,
    PlanMemory memory,
    MinuteOpener opener,
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
        var opened = 0;
        var last = new ServerId(0);
        while (true)
        {
            var page = await servers.PageAsync(last, PageSize, cancellationToken);
            opened += await PlanAsync(page.Watches, round);
            if (page.Next is not { } next)
            {
                opener.Bound(memory.EndOfList());
                return opened;
            }

            last = next;
        }
    }

    private async Task<int> PlanAsync(IReadOnlyList<Watch> page, PlanRound round)
    {
        var known = await memory.OfAsync([.. page.Select(watch => watch.Key.Server)], MinuteStamp.Of(round.Now));
        var planned = page.Select((watch, place) => MinutePlanner.Plan(watch, known[place], round)).ToList();
        var minutes = planned.SelectMany(plan => plan.Minutes).ToList();
        var answers = await opener.OpenAsync(minutes, round.Now);

        // Only what is open counts as planned: a round that broke off is made again.
        for (var place = 0; place < page.Count; place++)
        {
            memory.Keep(page[place].Key.Server, planned[place].Known);
        }

        for (var place = 0; place < answers.Length; place++)
        {
            if (answers[place] != OpenAnswer.Opened)
            {
                memory.Outdate(minutes[place].Plan.Server.Server);
            }
        }

        return answers.Count(answer => answer == OpenAnswer.Opened);
    }
}
