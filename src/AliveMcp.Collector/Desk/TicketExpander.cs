using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Minutes;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Desk;

/// <summary>Turns <c>server:minute</c> into a whole ticket: plan from the open minute, settings and memory from Postgres by way of their caches.</summary>
internal sealed class TicketExpander(
    OpenMinuteReader minutes,
    SettingsCache settings,
    ServerMemories memories,
    DeskKey key,
    CollectorMeter meter
)
{
    public async Task<IReadOnlyList<ProbeTicket>> ExpandAsync(
        WatchRegion caller,
        Lane lane,
        string prober,
        Lease lease,
        CancellationToken cancellationToken
    )
    {
        var region = caller.Region;
        meter.Expired(region, lane, lease.Dropped);
        if (lease.Tickets.Count == 0)
        {
            return [];
        }

        var plans = await Task.WhenAll(
            lease.Tickets.Select(ticket => minutes.ReadPlanAsync(ticket.Server, ticket.Minute))
        );
        var open = plans.OfType<MinutePlan>().Where(plan => MayHave(caller, plan)).ToList();
        var found = await settings.OfAsync(
            [.. open.Select(plan => (plan.Server.Server, plan.SettingsVersion))],
            cancellationToken
        );
        var remembered = await memories.OfAsync(
            [.. found.Values.Select(server => (server.Key, server.Url.OriginalString))],
            cancellationToken
        );
        var signer = await key.SignerAsync(cancellationToken);
        var tickets = new List<ProbeTicket>(open.Count);
        for (var i = 0; i < plans.Length; i++)
        {
            if (plans[i] is { } others && !MayHave(caller, others))
            {
                meter.Dropped(region, lane, "not_theirs", 1);
                continue;
            }

            if (plans[i] is not { } plan || !found.TryGetValue(plan.Server.Server, out var server))
            {
                meter.Dropped(region, lane, "gone", 1);
                continue;
            }

            var times = new TicketTimes(lease.Tickets[i].Start, lease.Now);
            if (TicketMaker.Make(plan, region, times, server, remembered[plan.Server.Server]) is { } ticket)
            {
                tickets.Add(ticket with { Signature = signer.Sign(prober, plan.Server, region, plan.Minute) });
            }
            else
            {
                meter.Expired(region, lane, 1);
            }
        }

        meter.Leased(region, lane, tickets.Count);
        return tickets;
    }

    /// <summary>
    /// A private prober stands in its tenant's own network: whatever is planned, it never hears of another tenant's server. And nobody looks
    /// for a minute that does not wait for him: two schedulers may have had different regions in mind, and one of them opened it.
    /// </summary>
    private static bool MayHave(WatchRegion caller, MinutePlan plan) =>
        (caller.Tenant is not { } tenant || plan.Server.Tenant == tenant) && plan.Regions.Contains(caller.Region);
}
