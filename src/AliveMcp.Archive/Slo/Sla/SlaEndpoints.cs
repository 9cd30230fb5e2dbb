using System.Text;
using AliveMcp.Servers.Objectives;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.Slo.Sla;

internal static class SlaEndpoints
{
    public static void MapSlaEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/reports/sla", MakeAsync)
            .RequireAuthorization(Can.ReadServers)
            .WithTags("reports")
            .Costs(10)
            .WithName("sla_report")
            .WithSummary("What was promised and what was, of the own servers in one UTC month.")
            .WithDescription(
                "month: for example 2026-10. format: json (unless told), csv, or html, which is made to be printed. server: one slug; tag: those that carry it."
            );

    /// <summary>
    /// What was promised and what was, of the own servers in one UTC month. month: for example 2026-10. format: json (unless told), csv, or
    /// html, which is made to be printed. server: one slug; tag: those that carry it.
    /// </summary>
    private static async Task<object> MakeAsync(
        SlaAsk asked,
        [AsParameters] SlaParts parts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var month = parts.Reports.Month(asked.Month);
        if (!month.TryGet(out var span))
        {
            return month.Problems;
        }

        if (asked.Format is not ("json" or "csv" or "html"))
        {
            return SloProblems.NotAFormat(asked.Format);
        }

        var servers = await ServersAsync(asked, parts.Objectives, cancellationToken);
        if (!servers.TryGet(out var own))
        {
            return servers.Problems;
        }

        var report = await parts.Reports.MakeAsync(span, own, cancellationToken);
        http.Response.Headers.CacheControl = "private, no-store";
        return asked.Format switch
        {
            "json" => Results.Json(SlaAnswer.Of(report), SlaJson.Default.SlaAnswer),
            "csv" => Csv(report, http),
            _ => await HtmlAsync(report, parts, http, cancellationToken),
        };
    }

    private static async Task<Result<IReadOnlyList<PromisedServer>>> ServersAsync(
        SlaAsk asked,
        ServerObjectives objectives,
        CancellationToken cancellationToken
    )
    {
        if (asked.Server is { } slug)
        {
            return await objectives.FindAsync(slug, cancellationToken) is { } server
                ? (List<PromisedServer>)[server]
                : SloProblems.NoServer(slug);
        }

        var own = await objectives.AllAsync(asked.Tag, SlaReports.MostServers + 1, cancellationToken);
        return own.Count > SlaReports.MostServers ? SloProblems.TooManyServers(SlaReports.MostServers) : own.ToList();
    }

    private static IResult Csv(SlaReport report, HttpContext http)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"sla-{report.Month}.csv\"";
        return SlaCsv.Answer(report);
    }

    private static async Task<IResult> HtmlAsync(
        SlaReport report,
        SlaParts parts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var owner = await parts.Names.OfAsync(parts.Scope.Tenant!.Value, cancellationToken);
        SlaPages.Protect(http.Response.Headers, report.Month);
        return Results.Text(await parts.Pages.RenderAsync(report, owner), "text/html", Encoding.UTF8);
    }
}

/// <summary>What a request for a report says, as it was written.</summary>
internal sealed record SlaAsk(string? Month, string Format, string? Server, string? Tag)
{
    public static ValueTask<SlaAsk?> BindAsync(HttpContext http)
    {
        var query = http.Request.Query;
        return new(new SlaAsk(query["month"], (string?)query["format"] ?? "json", query["server"], query["tag"]));
    }
}

/// <summary>What a report is made with.</summary>
internal sealed record SlaParts(
    [FromServices] SlaReports Reports,
    [FromServices] SlaPages Pages,
    [FromServices] ServerObjectives Objectives,
    [FromServices] TenantNames Names,
    [FromServices] TenantScope Scope
);
