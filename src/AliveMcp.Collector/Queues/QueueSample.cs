using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Queues;

/// <summary>One region's lane.</summary>
internal readonly record struct QueueName(Region Region, Lane Lane);

/// <summary>One look at a queue.</summary>
/// <param name="At">When.</param>
/// <param name="Depth">All tickets in it, those of the coming minute included.</param>
/// <param name="Due">Those whose start is over and that nobody took yet.</param>
/// <param name="Oldest">For how long the oldest of those has been due; zero when none is.</param>
internal readonly record struct QueueSample(DateTimeOffset At, long Depth, long Due, TimeSpan Oldest);

/// <summary>A queue as it was last seen, and whether somebody should come and look.</summary>
internal sealed record QueueStanding(QueueName Queue, QueueSample Last, bool IsAlarmed);
