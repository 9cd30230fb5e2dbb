using AliveMcp.Collector.Minutes;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Schedule;

/// <summary>Opens planned minutes and queues their tickets: first the one, then the other, so that no ticket is without its minute.</summary>
internal sealed class MinuteOpener(OpenScript script, QueueScript queue, CollectorMeter meter)
{
    private const int LeastBound = 1_000;

    /// <summary>A start this far ahead has not been handed out yet: queueing it again changes nothing.</summary>
    private static readonly TimeSpan Untouched = TimeSpan.FromSeconds(5);

    private int _bound = LeastBound;

    /// <summary>A queue holds two minutes' worth of the servers that are watched, never more.</summary>
    public void Bound(int servers) => _bound = Math.Max(LeastBound, 2 * servers);

    /// <returns>What became of each.</returns>
    public async Task<OpenAnswer[]> OpenAsync(IReadOnlyList<PlannedMinute> minutes, DateTimeOffset now)
    {
        var answers = await OpenAllAsync(minutes);
        var byMinute = Enumerable
            .Range(0, minutes.Count)
            .ToDictionary(place => Name(minutes[place]), place => answers[place]);
        var tickets = new Dictionary<(Region Region, Lane Lane), List<QueuedTicket>>();
        for (var i = 0; i < minutes.Count; i++)
        {
            // Whoever opened the leader's minute before may have named other sharers: then this one is looked at for itself.
            if (
                minutes[i].SharedBy is not { } leader
                || (
                    answers[i] == OpenAnswer.Opened
                    && byMinute[(leader.Server, minutes[i].Plan.Minute)] != OpenAnswer.Opened
                )
            )
            {
                Collect(minutes[i], answers[i], now, tickets);
            }
        }

        foreach (var ((region, lane), waiting) in tickets)
        {
            var bound = Math.Max(_bound, 2 * minutes.Count);
            var answer = await queue.RunAsync(region, lane, bound, waiting);
            meter.Dropped(region, lane, "queue_full", answer.NoRoom);
            meter.Expired(region, lane, answer.Expired);
        }

        meter.Opened(answers.Count(answer => answer == OpenAnswer.Opened));
        return answers;
    }

    /// <summary>First the minutes that another's look serves: a look names only those whose minute is open.</summary>
    private async Task<OpenAnswer[]> OpenAllAsync(IReadOnlyList<PlannedMinute> minutes)
    {
        var answers = new OpenAnswer[minutes.Count];
        var open = new HashSet<(ServerId, MinuteStamp)>();
        foreach (var isServed in new[] { true, false })
        {
            var places = Enumerable
                .Range(0, minutes.Count)
                .Where(place => minutes[place].SharedBy is not null == isServed)
                .ToList();
            var opened = await Task.WhenAll(places.Select(place => OpenAsync(minutes[place], open)));
            for (var i = 0; i < places.Count; i++)
            {
                answers[places[i]] = opened[i];
                if (isServed && opened[i] is OpenAnswer.Opened or OpenAnswer.OpenedBefore)
                {
                    open.Add(Name(minutes[places[i]]));
                }
            }
        }

        return answers;
    }

    private Task<OpenAnswer> OpenAsync(PlannedMinute minute, HashSet<(ServerId, MinuteStamp)> open) =>
        script.RunAsync(
            minute.Plan,
            [.. minute.Sharers.Where(sharer => open.Contains((sharer.Server, minute.Plan.Minute)))]
        );

    private static void Collect(
        PlannedMinute minute,
        OpenAnswer answer,
        DateTimeOffset now,
        Dictionary<(Region Region, Lane Lane), List<QueuedTicket>> tickets
    )
    {
        var server = minute.Plan.Server.Server;
        for (var place = 0; place < minute.Starts.Count; place++)
        {
            var (region, start) = (minute.Plan.Regions[place], minute.Starts[place]);
            if (answer == OpenAnswer.Opened || (answer == OpenAnswer.OpenedBefore && IsLeftBehind(minute, place, now)))
            {
                var waiting = tickets.TryGetValue((region, minute.Plan.Lane), out var list)
                    ? list
                    : tickets[(region, minute.Plan.Lane)] = [];
                waiting.Add(new QueuedTicket(server, minute.Plan.Minute, start));
            }
        }
    }

    /// <summary>A scheduler that died between opening and queueing left this one: any other computes the same regular start.</summary>
    private static bool IsLeftBehind(PlannedMinute minute, int place, DateTimeOffset now)
    {
        var region = minute.Plan.Regions[place];
        var regular = minute.Plan.Minute.Start + StartTimes.Offset(minute.Plan.Server.Server, region);
        return minute.Starts[place] == regular && regular > now + Untouched;
    }

    private static (ServerId, MinuteStamp) Name(PlannedMinute minute) =>
        (minute.Plan.Server.Server, minute.Plan.Minute);
}
