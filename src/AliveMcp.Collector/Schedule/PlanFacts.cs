using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>What the planner takes from a server's memory. Most servers have none of it.</summary>
/// <param name="BackoffUntil">No look before this; null: it did not ask us to wait.</param>
/// <param name="BackoffMinutes">How long we last waited.</param>
/// <param name="DeleteRefused">It does not end the sessions that we ask it to end.</param>
/// <param name="IssuesSessions">Each look opens a session.</param>
/// <param name="ExpectedAccess">The first confirmed answer at the door.</param>
/// <param name="HasTools">It had tools.</param>
internal readonly record struct PlanFacts(
    DateTimeOffset? BackoffUntil,
    int BackoffMinutes,
    bool DeleteRefused,
    bool IssuesSessions,
    Access ExpectedAccess,
    bool HasTools
);
