using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Schedule;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Desk;

/// <summary>Makes a ticket of what was planned, what the owner set and what was remembered. Pure.</summary>
internal static class TicketMaker
{
    /// <summary>A slower target never fares better than a dead one: only within this limit is there room for a second try.</summary>
    private static readonly TimeSpan LongestRetried = TimeSpan.FromSeconds(15);

    /// <returns>Null when not even one try could end in time.</returns>
    public static ProbeTicket? Make(
        MinutePlan plan,
        Region region,
        TicketTimes times,
        WatchSettings settings,
        ServerMemory memory
    )
    {
        var lastEnd = StartTimes.LastEnd(plan, region, times.Start) - times.Now;
        var startIn = times.Start > times.Now ? times.Start - times.Now : TimeSpan.Zero;
        return startIn + settings.Limits.Total > lastEnd
            ? null
            : new ProbeTicket
            {
                Server = plan.Server,
                Minute = plan.Minute,
                Region = region,
                Order = Order(region, times.Now, settings, memory, HourlyTurn.IsIt(plan, region)) with
                {
                    Health = HealthTurn.Of(plan, settings.Health, memory),
                },
                StartIn = startIn,
                LastEndIn = lastEnd,
                MayRetry = !plan.Rotating && settings.Limits.Total <= LongestRetried,
                Signature = "",
            };
    }

    /// <summary>What a person who waits wants to see: an ordinary look, and the health URL with it.</summary>
    public static ProbeOrder LookOrder(
        Region region,
        DateTimeOffset now,
        WatchSettings settings,
        ServerMemory memory
    ) => Order(region, now, settings, memory, looksAround: false) with { Health = settings.Health?.Check };

    private static ProbeOrder Order(
        Region region,
        DateTimeOffset now,
        WatchSettings settings,
        ServerMemory memory,
        bool looksAround
    )
    {
        var trusts = MemoryRule.TrustsEra(memory, region, now);
        var ofRegion = memory.Regions.GetValueOrDefault(region.Name, RegionMemory.Empty);
        return new ProbeOrder
        {
            Url = settings.Url,
            Era = trusts ? memory.Era : Era.Auto,
            Transport = settings.Transport == McpTransport.Auto && trusts ? memory.Transport : settings.Transport,
            Limits = settings.Limits,
            Expectations = settings.Expectations with
            {
                Protection =
                    settings.Expectations.Protection == ProtectionExpectation.Auto
                        ? Expected(memory.ExpectedAccess)
                        : settings.Expectations.Protection,
            },
            KnownContract = ofRegion.FullHash ?? memory.FullHash,
            HadTools = memory.ToolCount > 0,
            LooksAtGate = looksAround || SawLast(memory, Why.DoorOpen, Why.AuthDiscoveryBroken),
            OtherLeg = OtherLegOf(memory, now, looksAround),
            AsksOwner = settings.Key.Tenant == TenantId.Public && MemoryRule.AsksOwner(memory, now),
        };
    }

    // Once seen broken, all regions look every minute: the state would otherwise come and go with the hour's one look.
    private static bool SawLast(ServerMemory memory, params ReadOnlySpan<Why> whys)
    {
        foreach (var region in memory.Regions.Values)
        {
            if (whys.Contains(region.Why))
            {
                return true;
            }
        }

        return false;
    }

    private static OtherLeg OtherLegOf(ServerMemory memory, DateTimeOffset now, bool looksAround) =>
        MemoryRule.ExpectsOtherLeg(memory, now)
            ? looksAround || SawLast(memory, Why.EraBroken)
                ? OtherLeg.Expected
                : OtherLeg.Skip
            : looksAround
                ? OtherLeg.Look
                : OtherLeg.Skip;

    private static ProtectionExpectation Expected(Access access) =>
        access switch
        {
            Access.Open => ProtectionExpectation.Open,
            Access.Protected => ProtectionExpectation.Protected,
            _ => ProtectionExpectation.Auto,
        };
}

/// <param name="Start">When the probe shall start.</param>
/// <param name="Now">When the ticket is handed out, on the same clock.</param>
internal readonly record struct TicketTimes(DateTimeOffset Start, DateTimeOffset Now);
