using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Cell;

/// <summary>One try.</summary>
internal delegate Task<TryResult> ProbeCall(ProbeOrder order, CancellationToken cancellationToken);
