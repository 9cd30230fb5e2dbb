using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>Finds a cell for a ticket.</summary>
/// <param name="ticket">What is to be looked at.</param>
/// <param name="patience">How long it may wait.</param>
/// <param name="cancellationToken">Ends the wait.</param>
internal delegate Task<Seating> SeatCall(TakenTicket ticket, TimeSpan patience, CancellationToken cancellationToken);

/// <summary>A seat, or why there is none.</summary>
internal readonly record struct Seating(Seat? Seat, Why Refusal = Why.None)
{
    public static implicit operator Seating(Seat seat) => new(seat);

    public static implicit operator Seating(Why refusal) => new(null, refusal);
}

/// <summary>A place in a cell for one try; to be left when it is over.</summary>
/// <param name="look">Makes the try; null when the cell ended first and another one may do it.</param>
/// <param name="leave">Gives the place back.</param>
internal sealed class Seat(Func<ProbeOrder, Task<TryResult?>> look, Action? leave = null) : IDisposable
{
    public Task<TryResult?> ProbeAsync(ProbeOrder order) => look(order);

    public void Dispose() => leave?.Invoke();
}
