using AliveMcp.Collector.Schedule;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Desk;

/// <summary>What need not be looked at every minute is looked at in one minute of the hour, by one region, in turn. Pure.</summary>
internal static class HourlyTurn
{
    private const int Hour = 60;

    /// <summary>Whether it is this region's turn. Servers are spread over the hour; of one that is watched less often, the turn comes at its first minute of the hour at or after its own.</summary>
    public static bool IsIt(MinutePlan plan, Region region)
    {
        var server = (uint)plan.Server.Server.Value;
        var own = (int)(StartTimes.Mix(server) % Hour);
        var since = ((plan.Minute.Value - own) % Hour + Hour) % Hour;
        if (since >= plan.Weight || plan.Regions.Count == 0)
        {
            return false;
        }

        var hour = (uint)((plan.Minute.Value - own) / Hour);
        return plan.Regions[(int)((hour + server) % (uint)plan.Regions.Count)] == region;
    }
}
