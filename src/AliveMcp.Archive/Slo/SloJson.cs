using System.Globalization;
using System.Text.Json.Serialization;
using AliveMcp.Archive.History;
using AliveMcp.Servers.Objectives;

namespace AliveMcp.Archive.Slo;

/// <summary>How objectives and budgets are spelled in the API: snake_case; minutes and percents are numbers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SloAnswer))]
internal sealed partial class SloJson : JsonSerializerContext;

/// <summary>Answer of <c>GET</c> and <c>PUT /servers/{slug}/slo</c>.</summary>
/// <param name="Slug">The own slug.</param>
/// <param name="TargetPercent">What is promised.</param>
/// <param name="Window"><c>30d</c> or <c>month</c>.</param>
/// <param name="IsDefault">Nobody chose it.</param>
/// <param name="From">First UTC day of the window.</param>
/// <param name="To">The open UTC day.</param>
/// <param name="UptimePercent">Two decimals, rounded down; null without a counted minute.</param>
/// <param name="CoveragePercent">Of the watched minutes outside maintenance, those whose state is known.</param>
/// <param name="IsKept">No more was down than the promise allows.</param>
/// <param name="Minutes">What the window is made of.</param>
/// <param name="Budget">What may be down, and what of it is left.</param>
/// <param name="Burn">How fast it burns, a rule each.</param>
/// <param name="Method">The formula.</param>
internal sealed record SloAnswer(
    string Slug,
    decimal TargetPercent,
    string Window,
    bool IsDefault,
    string From,
    string To,
    decimal? UptimePercent,
    decimal? CoveragePercent,
    bool IsKept,
    MinutesLine Minutes,
    BudgetLine Budget,
    IReadOnlyList<BurnLine> Burn,
    string Method
)
{
    public static SloAnswer Of(SloStanding standing) =>
        new(
            standing.Server.Slug,
            standing.Server.Objective.TargetPercent,
            ObjectiveWords.Word(standing.Server.Objective.Window),
            !standing.Server.IsChosen,
            Day(standing.From),
            Day(standing.To),
            standing.Figures.Uptime,
            standing.Figures.Coverage,
            standing.Budget.IsKept,
            MinutesLine.Of(standing.Figures),
            BudgetLine.Of(standing.Budget),
            [.. standing.Burns.Select(BurnLine.Of)],
            UptimeFigures.Formula
        );

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A window by what its minutes count as.</summary>
internal sealed record MinutesLine(int Live, int Degraded, int Down, int Unknown, int Maintenance)
{
    public static MinutesLine Of(UptimeFigures figures) =>
        new(
            figures.LiveMinutes,
            figures.DegradedMinutes,
            figures.DownMinutes,
            figures.UnknownMinutes,
            figures.MaintenanceMinutes
        );
}

/// <summary>An error budget.</summary>
internal sealed record BudgetLine(
    decimal AllowedMinutes,
    int SpentMinutes,
    decimal LeftMinutes,
    decimal? SpentPercent,
    decimal? LeftPercent
)
{
    public static BudgetLine Of(ErrorBudget budget) =>
        new(budget.AllowedMinutes, budget.SpentMinutes, budget.LeftMinutes, budget.SpentPercent, budget.LeftPercent);
}

/// <summary>A burn rate rule and how it stands.</summary>
internal sealed record BurnLine(
    string Severity,
    int LongMinutes,
    int ShortMinutes,
    decimal Threshold,
    decimal? LongRate,
    decimal? ShortRate,
    bool IsBurning
)
{
    public static BurnLine Of(Burn burn) =>
        new(
            burn.Rule.Severity,
            burn.Rule.LongMinutes,
            burn.Rule.ShortMinutes,
            burn.Rule.Threshold,
            burn.LongRate,
            burn.ShortRate,
            burn.IsBurning
        );
}
