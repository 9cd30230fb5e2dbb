using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Schedule;

/// <param name="Minutes">What to open now, in order.</param>
/// <param name="Known">What is known of the server's minutes once they are open.</param>
internal sealed record PlannedServer(IReadOnlyList<PlannedMinute> Minutes, PlannedSoFar Known);

/// <param name="Plan">The rules of the minute.</param>
/// <param name="Starts">When each region's probe starts, in the plan's order.</param>
internal sealed record PlannedMinute(MinutePlan Plan, IReadOnlyList<DateTimeOffset> Starts)
{
    /// <summary>Whose look this minute is served by; null: it has its own.</summary>
    public ServerKey? SharedBy { get; init; }

    /// <summary>Whose minutes its look serves, too.</summary>
    public IReadOnlyList<ServerKey> Sharers { get; init; } = [];
}
