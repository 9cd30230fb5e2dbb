using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Cell;

/// <summary>What a supervisor writes into a cell: one frame, any number of orders, each to be begun at once.</summary>
internal sealed record CellOrders(IReadOnlyList<CellOrder> Orders)
{
    public const int Version = 1;

    public int V { get; init; } = Version;
}

/// <param name="Id">Unique in the cell's life.</param>
/// <param name="Order">What to look at.</param>
/// <param name="IsLive">Somebody waits: steps are told as they end.</param>
internal sealed record CellOrder(long Id, ProbeOrder Order, bool IsLive = false);

/// <summary>What a cell writes back: one frame, in the order in which tries, and steps of live ones, ended.</summary>
internal sealed record CellAnswers(IReadOnlyList<CellAnswer> Answers)
{
    public int V { get; init; } = CellOrders.Version;
}

/// <param name="Id">Of the order that it answers.</param>
/// <param name="Result">What the try found; null while it goes on.</param>
/// <param name="Step">A step of a live try that is over; null with a result.</param>
internal sealed record CellAnswer(long Id, TryResult? Result = null, LookStep? Step = null);
