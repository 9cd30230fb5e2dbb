using AliveMcp.Collector.Minutes;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Schedule;

/// <summary>Opens planned minutes and queues their tickets: first the one, then the other, so that no ticket is without its minute.</summary>
internal sealed class MinuteOpener(OpenScript open, QueueScript queue, CollectorMeter meter)
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
        var answers = await Task.WhenAll(minutes.Select(minute => open.RunAsync(minute.Plan)));
        var tickets = new Dictionary<(Region Region, Lane Lane), List<QueuedTicket>>();
        for (var i = 0; i < minutes.Count; i++)
        {
            Collect(minutes[i], answers[i], now, tickets);
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
}
