namespace AliveMcp.Servers.Objectives;

/// <summary>What is promised of a server's uptime.</summary>
/// <param name="TargetPercent">50 to 99.999, at most three decimals.</param>
/// <param name="Window">Over which time.</param>
public sealed record Objective(decimal TargetPercent, ObjectiveWindow Window)
{
    public const decimal Lowest = 50m;
    public const decimal Highest = 99.999m;

    /// <summary>Of a server whose owner chose none: 99.9 % of a rolling 30 days.</summary>
    public static Objective Default { get; } = new(99.9m, ObjectiveWindow.Rolling30Days);

    /// <summary>Whether a target can be promised: a share of time that leaves something to spend, in thousandths at the finest.</summary>
    public static bool IsTarget(decimal percent) =>
        percent is >= Lowest and <= Highest && decimal.Round(percent, 3) == percent;
}
