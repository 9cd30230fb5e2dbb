using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Schedule;

/// <summary>When a server's probe of a minute starts and must have ended. Pure; planner and desk compute the same.</summary>
internal static class StartTimes
{
    /// <summary>Two probes of one server keep this distance in one region.</summary>
    public static readonly TimeSpan Distance = TimeSpan.FromSeconds(2);

    /// <summary>A probe that starts out of turn gets room for two tries of the default limit with their pause between them.</summary>
    private static readonly TimeSpan Room = TimeSpan.FromSeconds(40);

    private const uint ServerSpread = 40_000;
    private const uint RegionSpread = 5_000;

    /// <summary>From the start of any minute to the regular start: up to 40 s by server, and up to 5 s more by region.</summary>
    public static TimeSpan Offset(ServerId server, Region region) =>
        TimeSpan.FromMilliseconds((Mix((uint)server.Value) % ServerSpread) + (Hash(region.Name) % RegionSpread));

    /// <summary>From the start of any minute to the soonest regular start in any region.</summary>
    public static TimeSpan Earliest(ServerId server) =>
        TimeSpan.FromMilliseconds(Mix((uint)server.Value) % ServerSpread);

    /// <summary>From a boundary to a start that should come soon: up to 5 s, by server, so that many do not come at once.</summary>
    public static TimeSpan SoonAfter(ServerId server) =>
        TimeSpan.FromMilliseconds(Mix((uint)server.Value) % RegionSpread);

    /// <summary>No try of this probe may end later: the minute is nearly over, or the server's next regular start is near.</summary>
    public static DateTimeOffset LastEnd(MinutePlan plan, Region region, DateTimeOffset start) =>
        LastEnd(plan.Server.Server, plan.Minute, plan.Weight, region, start);

    /// <inheritdoc cref="LastEnd(MinutePlan,Region,DateTimeOffset)"/>
    public static DateTimeOffset LastEnd(
        ServerId place,
        MinuteStamp minute,
        int weight,
        Region region,
        DateTimeOffset start
    )
    {
        var next = (minute + weight).Start + Offset(place, region) - Distance;
        var least = start + Room;
        var latest = minute.Start + MinuteTimes.LastEnd;
        var wanted = next > least ? next : least;
        return wanted < latest ? wanted : latest;
    }

    /// <summary>Whether a minute is one of the server's turns at this cadence. Servers of one cadence are spread over it.</summary>
    public static bool IsTurn(ServerId server, MinuteStamp minute, int weight) =>
        Until(server, minute, weight) == weight;

    /// <summary>How many minutes a verdict of this minute stands for: up to the server's next turn, 1 to the cadence.</summary>
    public static int Until(ServerId server, MinuteStamp minute, int weight) =>
        weight - ((minute.Value + server.Value) % weight);

    /// <summary>Murmur3's finisher: neighbours land far apart, and the same everywhere and always.</summary>
    internal static uint Mix(uint value)
    {
        value ^= value >> 16;
        value *= 0x85ebca6b;
        value ^= value >> 13;
        value *= 0xc2b2ae35;
        return value ^ (value >> 16);
    }

    internal static uint Hash(string name)
    {
        var hash = 2166136261u;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return Mix(hash);
    }
}
