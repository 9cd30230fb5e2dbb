using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector;

/// <summary>The moments of a minute, counted from its start, on the one clock of the path.</summary>
internal static class MinuteTimes
{
    /// <summary>The planner opens a minute this long before it begins.</summary>
    public static readonly TimeSpan PlanAhead = TimeSpan.FromSeconds(20);

    /// <summary>No try may end later.</summary>
    public static readonly TimeSpan LastEnd = TimeSpan.FromSeconds(85);

    /// <summary>No probe is planned to start later: a try of the default limit still ends in time.</summary>
    public static readonly TimeSpan LastStart = LastEnd - new ProbeLimits().Total;

    /// <summary>No result is accepted later.</summary>
    public static readonly TimeSpan LastResult = TimeSpan.FromSeconds(88);

    /// <summary>The sweep seals whatever is still open.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    /// <summary>How long a minute's hash may live when nobody trims it, and what is at hand of a server that is no longer watched.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public static long Milliseconds(MinuteStamp minute, TimeSpan offset) =>
        (minute.Start + offset).ToUnixTimeMilliseconds();
}
