namespace AliveMcp.Bench.ProbeCost;

/// <summary>What one look costs, the median of several rounds.</summary>
/// <param name="Cpu">CPU of the looking process.</param>
/// <param name="Wall">From the look's beginning to its end.</param>
/// <param name="Bytes">Managed bytes allocated; null where another program looked.</param>
internal sealed record Cost(TimeSpan Cpu, TimeSpan Wall, long? Bytes)
{
    public static Cost Median(IReadOnlyList<Cost> rounds)
    {
        var middle = rounds.Count / 2;
        return new Cost(
            rounds.Select(round => round.Cpu).Order().ElementAt(middle),
            rounds.Select(round => round.Wall).Order().ElementAt(middle),
            rounds.Select(round => round.Bytes).Order().ElementAt(middle)
        );
    }
}
