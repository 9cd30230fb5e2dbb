using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Cell;

/// <summary>One try.</summary>
/// <param name="order">What to look at.</param>
/// <param name="heard">Is told each step as it ends; null: nobody waits.</param>
/// <param name="cancellationToken">Breaks it off.</param>
internal delegate Task<TryResult> ProbeCall(
    ProbeOrder order,
    Action<LookStep>? heard,
    CancellationToken cancellationToken
);
