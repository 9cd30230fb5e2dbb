namespace AliveMcp.Archive.Slo;

/// <summary>How fast a budget burns by one rule. Pure.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="LongRate">1 spends the budget exactly in its window; two decimals, rounded down; null when no minute of the long window counts.</param>
/// <param name="ShortRate">Likewise of the short window.</param>
/// <param name="IsBurning">Both rates are above the rule's threshold.</param>
internal sealed record Burn(BurnRule Rule, decimal? LongRate, decimal? ShortRate, bool IsBurning)
{
    /// <param name="rule">The rule.</param>
    /// <param name="targetPercent">What is promised.</param>
    /// <param name="longer">What was in the long window.</param>
    /// <param name="shorter">What was in the short window.</param>
    public static Burn Of(BurnRule rule, decimal targetPercent, CountedMinutes longer, CountedMinutes shorter) =>
        new(
            rule,
            Rate(targetPercent, longer),
            Rate(targetPercent, shorter),
            Exceeds(rule, targetPercent, longer) && Exceeds(rule, targetPercent, shorter)
        );

    private static decimal? Rate(decimal targetPercent, CountedMinutes was) =>
        was.Minutes == 0 ? null : Math.Floor(was.Down * 10_000m / (was.Minutes * (100m - targetPercent))) / 100m;

    /// <summary>Multiplied out, so that nothing is rounded on the way.</summary>
    private static bool Exceeds(BurnRule rule, decimal targetPercent, CountedMinutes was) =>
        was.Down * 100m > rule.Threshold * was.Minutes * (100m - targetPercent);
}
