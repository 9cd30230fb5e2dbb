using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Minutes;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
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
            lease.Tickets.Select(ticket => minutes.ReadForTicketAsync(ticket.Server, ticket.Minute))
        );
        var open = plans.OfType<TicketPlan>().Where(plan => MayHave(caller, plan)).ToList();
        var known = await KnownAsync(open, lane, cancellationToken);
        var signer = await key.SignerAsync(cancellationToken);
        var tickets = new List<ProbeTicket>(open.Count);
        for (var i = 0; i < plans.Length; i++)
        {
            if (WhyNot(caller, plans[i], known) is { } why)
            {
                meter.Dropped(region, lane, why, 1);
                continue;
            }

            var (plan, sharers) = (plans[i]!.Plan, plans[i]!.Sharers);
            var server = known.Settings[plan.Server.Server];
            var times = new TicketTimes(lease.Tickets[i].Start, lease.Now);
            if (TicketMaker.Make(plan, region, times, server, known.Memories[plan.Server.Server]) is { } ticket)
            {
                tickets.Add(
                    Shared(Showing(ticket, known), sharers, known.Memories) with
                    {
                        Signature = signer.Sign(prober, plan.Server, region, plan.Minute, sharers),
                    }
                );
            }
            else
            {
                meter.Expired(region, lane, 1);
            }
        }

        meter.Leased(region, lane, tickets.Count);
        return tickets;
    }

    /// <summary>Why no ticket is made; null: one is. A secret goes to a cell of its tenant alone, and whoever cannot show it would only find the door shut.</summary>
    private static string? WhyNot(WatchRegion caller, TicketPlan? minute, Known known) =>
        minute is null ? "gone"
        : !MayHave(caller, minute) ? "not_theirs"
        : !known.Settings.TryGetValue(minute.Plan.Server.Server, out var server) ? "gone"
        : server.HasCredential && (minute.Sharers.Count > 0 || !known.Credentials.ContainsKey(server.Key))
            ? "credential"
        : null;

    private static ProbeTicket Showing(ProbeTicket ticket, Known known) =>
        known.Credentials.TryGetValue(ticket.Server, out var credential)
            ? ticket with
            {
                Order = ticket.Order with { Credential = credential },
            }
            : ticket;

    private async Task<Known> KnownAsync(IReadOnlyList<TicketPlan> open, Lane lane, CancellationToken cancellationToken)
    {
        var found = await settings.OfAsync(
            [
                .. open.Select(plan => (plan.Plan.Server.Server, plan.Plan.SettingsVersion)),
                .. open.SelectMany(plan => plan.Sharers).Select(sharer => (sharer.Server, 0)),
            ],
            cancellationToken
        );
        var remembered = await memories.OfAsync(
            [.. found.Values.Select(server => (server.Key, server.Url.OriginalString))],
            cancellationToken
        );
        var shown = await settings.CredentialsOfAsync(
            lane == Lane.Isolated
                ? open.Select(plan => found.GetValueOrDefault(plan.Plan.Server.Server)).OfType<WatchSettings>()
                : [],
            cancellationToken
        );
        return new Known(found, remembered, shown);
    }

    /// <summary>A list that one of them does not know yet is brought once more, for all.</summary>
    private static ProbeTicket Shared(
        ProbeTicket ticket,
        IReadOnlyList<ServerKey> sharers,
        IReadOnlyDictionary<ServerId, ServerMemory> remembered
    ) =>
        sharers.All(sharer =>
            !remembered.TryGetValue(sharer.Server, out var memory)
            || memory.FullHash == ticket.Order.KnownContract
            || memory.Regions.GetValueOrDefault(ticket.Region.Name)?.FullHash == ticket.Order.KnownContract
        )
            ? ticket
            : ticket with
            {
                Order = ticket.Order with { KnownContract = null },
            };

    /// <summary>
    /// A private prober stands in its tenant's own network: whatever is planned, it never hears of another tenant's server. And nobody looks
    /// for a minute that does not wait for him: two schedulers may have had different regions in mind, and one of them opened it.
    /// </summary>
    private static bool MayHave(WatchRegion caller, TicketPlan minute) =>
        (
            caller.Tenant is not { } tenant
            || minute.Sharers.Append(minute.Plan.Server).All(server => server.Tenant == tenant)
        ) && minute.Plan.Regions.Contains(caller.Region);

    private sealed record Known(
        IReadOnlyDictionary<ServerId, WatchSettings> Settings,
        IReadOnlyDictionary<ServerId, ServerMemory> Memories,
        IReadOnlyDictionary<ServerKey, ProbeCredential> Credentials
    );
}
