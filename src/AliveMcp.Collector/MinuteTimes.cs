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

    /// <summary>How long an open minute's hash may live, what is at hand of a server that is no longer watched, and sealed minutes that nobody archives.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a sealed minute's hash stays: late results find it sealed. The archive reads the log; every minute more costs Redis as
    /// much as the open minutes do.
    /// </summary>
    public static readonly TimeSpan SealedOutlives = TimeSpan.FromMinutes(5);

    public static long Milliseconds(MinuteStamp minute, TimeSpan offset) =>
        (minute.Start + offset).ToUnixTimeMilliseconds();
}
