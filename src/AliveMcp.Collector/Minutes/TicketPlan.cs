using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Minutes;

/// <param name="Plan">The rules of the minute.</param>
/// <param name="Sharers">Whose minutes the look serves, too.</param>
internal sealed record TicketPlan(MinutePlan Plan, IReadOnlyList<ServerKey> Sharers);
