using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Schedule;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;
using Npgsql;

namespace AliveMcp.Collector.Minutes;

/// <summary>
/// When the one region whose turn it was fails, the reserve is asked within the same minute.
/// 1. The round is called: from here on the minute waits for the reserve.
/// 2. Tickets are queued, due now. Whoever dies between the two leaves a minute that the next delivery of the same report asks for again, and
/// that the sweep seals as unconfirmed at its deadline.
/// </summary>
internal sealed class ConfirmationRound(
    ExtendScript extend,
    QueueScript queue,
    SettingsCache settings,
    CollectorMeter meter
)
{
    /// <summary>From the queue to the prober's first packet.</summary>
    private static readonly TimeSpan PickUp = TimeSpan.FromSeconds(2);

    /// <summary>A round adds to the queues of minutes that have found their place there already.</summary>
    private const int NoBound = int.MaxValue;

    /// <returns>False when there is no round: the minute is as complete as it can be.</returns>
    public async Task<bool> AskAsync(MinutePlan plan)
    {
        var latest = Latest(plan, await LimitAsync(plan));
        var answer = await extend.RunAsync(plan, latest);
        if (answer.Round is not { } minute)
        {
            return false;
        }

        if (answer.Now <= latest)
        {
            var silent = minute.Plan.Regions.Except(minute.Entries.Select(entry => entry.Region));
            await Task.WhenAll(silent.Select(region => QueueAsync(minute.Plan, region, answer.Now)));
        }

        return true;
    }

    /// <summary>A probe that is picked up and uses its whole limit ends before the minute does, and before the server's next turn begins.</summary>
    internal static DateTimeOffset Latest(MinutePlan plan, TimeSpan limit)
    {
        var end = plan.Minute.Start + MinuteTimes.LastEnd;
        var next = (plan.Minute + plan.Weight).Start + StartTimes.Earliest(plan.Server.Server) - StartTimes.Distance;
        return (next < end ? next : end) - limit - PickUp;
    }

    private async Task QueueAsync(MinutePlan plan, Region region, DateTimeOffset now)
    {
        var ticket = new QueuedTicket(plan.Server.Server, plan.Minute, now);
        var answer = await queue.RunAsync(region, plan.Lane, NoBound, [ticket]);
        meter.Expired(region, plan.Lane, answer.Expired);
    }

    private async Task<TimeSpan> LimitAsync(MinutePlan plan)
    {
        var server = plan.Server.Server;
        try
        {
            // Not a caller's token: a prober that hangs up now must not take the round along.
            var found = await settings.OfAsync([(server, plan.SettingsVersion)], CancellationToken.None);
            return found.TryGetValue(server, out var known) ? known.Limits.Total : new ProbeLimits().Total;
        }
        catch (NpgsqlException)
        {
            // The desk gives out no ticket whose probe could not end in time.
            return new ProbeLimits().Total;
        }
    }
}
