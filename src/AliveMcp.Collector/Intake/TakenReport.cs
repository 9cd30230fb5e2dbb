using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Intake;

/// <param name="Report">As it came.</param>
/// <param name="Entry">What it was folded to; null when it was refused.</param>
/// <param name="Outcome">What became of it.</param>
internal sealed record TakenReport(TicketReport? Report, RegionEntry? Entry, Taken Outcome);

internal enum Taken
{
    Recorded,

    /// <summary>It, or an earlier one of the same region, stands already.</summary>
    Again,

    /// <summary>The minute is over: kept as evidence only.</summary>
    Late,
    Refused,
}
