using AliveMcp.Collector.Memory;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Desk;

/// <summary>
/// In which minutes a health URL is looked at: one in so many by the minute's number, the same for all regions, spread over servers, so that
/// nobody need remember the last look. While it is bad it is looked at every minute, else the state would come and go with its turns.
/// </summary>
internal static class HealthTurn
{
    /// <summary>The check that goes into the ticket; null when there is none or it is not its turn.</summary>
    public static HealthCheck? Of(MinutePlan plan, HealthSetting? health, ServerMemory memory) =>
        health is not null && (IsTurn(plan, health.Every) || IsBad(memory)) ? health.Check : null;

    // A turn began since the planned minute before: so a cadence that is no divisor of the turns leaves none out.
    private static bool IsTurn(MinutePlan plan, int every)
    {
        var minute = plan.Minute.Value + plan.Server.Server.Value;
        return minute / every > (minute - plan.Weight) / every;
    }

    private static bool IsBad(ServerMemory memory) =>
        memory.Regions.Values.Any(region => region.Why is Why.HealthDown or Why.HealthDegraded);
}
