using AliveMcp.Collector.Minutes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>
/// Plans one page of servers: asks what is known of them, plans, opens, queues, and remembers. It may die behind any of these steps: whoever
/// plans the page next opens what is not open and queues what was left behind.
/// </summary>
internal sealed class PagePlanner(PlanMemory memory, MinuteOpener opener)
{
    /// <returns>How many minutes were opened.</returns>
    public async Task<int> PlanAsync(IReadOnlyList<Watch> page, PlanRound round)
    {
        var known = await memory.OfAsync([.. page.Select(watch => watch.Key.Server)], MinuteStamp.Of(round.Now));
        var planned = page.Select((watch, place) => MinutePlanner.Plan(watch, known[place], round)).ToList();
        var minutes = SharedLooks.Join([
            .. page.Zip(planned).SelectMany(pair => pair.Second.Minutes.Select(minute => (pair.First, minute))),
        ]);
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

    /// <summary>All pages went by.</summary>
    public void EndOfList() => opener.Bound(memory.EndOfList());
}
