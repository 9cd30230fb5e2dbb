using AliveMcp.Archive.History;
using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Archive.Slo.Sla;

/// <summary>The report as a table for a spreadsheet: a row a server.</summary>
internal static class SlaCsv
{
    private static readonly string[] Columns =
    [
        "month",
        "slug",
        "name",
        "target_percent",
        "window",
        "is_kept",
        "uptime_percent",
        "coverage_percent",
        "live_minutes",
        "degraded_minutes",
        "down_minutes",
        "unknown_minutes",
        "maintenance_minutes",
        "allowed_minutes",
        "left_minutes",
        "outages",
        "is_final",
    ];

    public static IResult Answer(SlaReport report) =>
        CsvAnswer.Of(Columns, report.Servers.Select(server => Row(report, server)));

    private static IEnumerable<object?> Row(SlaReport report, SlaServer server) =>
        [
            report.Month.ToString(),
            server.Server.Slug,
            SafeText.Of(server.Server.Name, 200),
            server.Server.Objective.TargetPercent,
            ObjectiveWords.Word(server.Server.Objective.Window),
            server.IsKept,
            server.Figures.Uptime,
            server.Figures.Coverage,
            server.Figures.LiveMinutes,
            server.Figures.DegradedMinutes,
            server.Figures.DownMinutes,
            server.Figures.UnknownMinutes,
            server.Figures.MaintenanceMinutes,
            server.Budget.AllowedMinutes,
            server.Budget.LeftMinutes,
            server.Downs.Count(down => down.Minutes > 0),
            report.IsFinal,
        ];
}
