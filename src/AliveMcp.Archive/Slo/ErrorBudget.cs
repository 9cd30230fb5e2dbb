namespace AliveMcp.Archive.Slo;

/// <summary>
/// What a promise allows to be down, and what of it is spent. A pure function of counted minutes: unknown and planned maintenance
/// neither fill nor spend a budget. Exact in thousandths of a percent; shown minutes have two decimals, rounded down.
/// </summary>
public sealed record ErrorBudget
{
    private ErrorBudget(decimal allowed, int spent)
    {
        AllowedMinutes = Floor(allowed);
        SpentMinutes = spent;
        LeftMinutes = Floor(allowed - spent);
        SpentPercent = allowed == 0 ? null : Floor(spent * 100m / allowed);
        LeftPercent = allowed == 0 ? null : Floor((allowed - spent) * 100m / allowed);
        IsKept = spent <= allowed;
    }

    /// <summary>May be down.</summary>
    public decimal AllowedMinutes { get; }

    /// <summary>Were down.</summary>
    public int SpentMinutes { get; }

    /// <summary>Negative when more was spent than allowed.</summary>
    public decimal LeftMinutes { get; }

    /// <summary>Null when no minute counts.</summary>
    public decimal? SpentPercent { get; }

    /// <summary>Null when no minute counts; negative when more was spent than allowed.</summary>
    public decimal? LeftPercent { get; }

    /// <summary>No more was spent than allowed.</summary>
    public bool IsKept { get; }

    /// <param name="targetPercent">What is promised.</param>
    /// <param name="was">What was.</param>
    /// <param name="ahead">Minutes of the window that are still to come, taken as if they will count.</param>
    internal static ErrorBudget Of(decimal targetPercent, CountedMinutes was, int ahead = 0) =>
        new((was.Minutes + ahead) * (100m - targetPercent) / 100m, was.Down);

    private static decimal Floor(decimal value) => Math.Floor(value * 100m) / 100m;
}
