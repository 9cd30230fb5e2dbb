using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Explain;

/// <summary>A ticket that no prober has taken yet.</summary>
/// <param name="Region">Whose queue it is in.</param>
/// <param name="Lane">And which.</param>
/// <param name="Start">When its probe shall start.</param>
public sealed record WaitingTicket(Region Region, Lane Lane, DateTimeOffset Start);
