namespace AliveMcp.Archive.Slo;

/// <summary>One of the rules by which a budget that burns too fast is noticed: over a long window, and over a short one that says it still burns.</summary>
/// <param name="Severity"><c>page</c> or <c>ticket</c>.</param>
/// <param name="LongMinutes">Long window.</param>
/// <param name="ShortMinutes">Short window, a twelfth of it.</param>
/// <param name="Threshold">How many times as fast as the promise allows.</param>
internal sealed record BurnRule(string Severity, int LongMinutes, int ShortMinutes, decimal Threshold)
{
    /// <summary>Of the SRE Workbook, chapter 5: 2 % of a month's budget in an hour, 5 % in six, 10 % in three days.</summary>
    public static IReadOnlyList<BurnRule> All { get; } =
    [new("page", 60, 5, 14.4m), new("page", 6 * 60, 30, 6m), new("ticket", 3 * 1440, 6 * 60, 1m)];

    /// <summary>The rule for a server that is looked at less often: no window is shorter than the time between two looks.</summary>
    /// <param name="cadence">Minutes between two looks.</param>
    public BurnRule For(int cadence) =>
        this with
        {
            LongMinutes = Math.Max(LongMinutes, cadence),
            ShortMinutes = Math.Max(ShortMinutes, cadence),
        };
}
