using System.Globalization;
using System.Text.Json.Serialization;
using AliveMcp.Archive.History;
using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Slo.Sla;

/// <summary>How the report is spelled in the API: snake_case; minutes and percents are numbers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SlaAnswer))]
internal sealed partial class SlaJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /reports/sla</c>.</summary>
internal sealed record SlaAnswer(
    string Month,
    string MadeAt,
    bool IsFinal,
    string Method,
    IReadOnlyList<SlaServerLine> Servers
)
{
    public static SlaAnswer Of(SlaReport report) =>
        new(
            report.Month.ToString(),
            report.MadeAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            report.IsFinal,
            UptimeFigures.Formula,
            [.. report.Servers.Select(SlaServerLine.Of)]
        );
}

/// <summary>One server's month. <c>is_kept</c> is null when no minute counts.</summary>
internal sealed record SlaServerLine(
    string Slug,
    string Name,
    decimal TargetPercent,
    string Window,
    bool? IsKept,
    decimal? UptimePercent,
    decimal? CoveragePercent,
    string From,
    MinutesLine Minutes,
    BudgetLine Budget,
    IReadOnlyList<SlaDayLine> Days,
    IReadOnlyList<SlaDownLine> Downs
)
{
    public static SlaServerLine Of(SlaServer server) =>
        new(
            server.Server.Slug,
            server.Server.Name,
            server.Server.Objective.TargetPercent,
            ObjectiveWords.Word(server.Server.Objective.Window),
            server.IsKept,
            server.Figures.Uptime,
            server.Figures.Coverage,
            server.Figures.Window.From.ToString(),
            MinutesLine.Of(server.Figures),
            BudgetLine.Of(server.Budget),
            [.. server.Days.Select(SlaDayLine.Of)],
            [.. server.Downs.Select(SlaDownLine.Of)]
        );
}

/// <summary>One UTC day, in minutes.</summary>
internal sealed record SlaDayLine(
    string Day,
    int Live,
    int Degraded,
    int Down,
    int Unknown,
    int Maintenance,
    decimal? UptimePercent
)
{
    public static SlaDayLine Of(DayBar day) =>
        new(
            day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            day.LiveMinutes,
            day.DegradedMinutes,
            day.DownMinutes,
            day.UnknownMinutes,
            day.MaintenanceMinutes,
            day.Uptime
        );
}

/// <summary>One time in which it was down; <c>to</c> is null while it lasts or when the month ended first.</summary>
internal sealed record SlaDownLine(
    string From,
    string? To,
    int Minutes,
    int ExcludedMinutes,
    string? FailureReason,
    string? FailureLayer,
    bool MayHaveBegunBefore
)
{
    public static SlaDownLine Of(DownStretch stretch) =>
        new(
            stretch.From.ToString(),
            stretch.To?.ToString(),
            stretch.Minutes,
            stretch.ExcludedMinutes,
            WhyWords.Word(stretch.Why),
            WhyWords.Layer(stretch.Why, stretch.FailedAt),
            stretch.MayHaveBegunBefore
        );
}
