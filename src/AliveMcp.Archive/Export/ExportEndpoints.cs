using System.Text.Json.Serialization;
using AliveMcp.Archive.History;
using AliveMcp.Archive.Slo;
using AliveMcp.Storage.Export;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.Export;

internal static class ExportEndpoints
{
    private const int CostOfExport = 20;

    /// <summary>Any number that the other advisory locks of the house do not use.</summary>
    private const int LockKey = 0x4558;

    public static void MapExportEndpoints(this RouteGroupBuilder api)
    {
        var export = api.MapGroup("/export").WithTags("export");
        export
            .MapGet("/contents", ContentsAsync)
            .RequireAuthorization(Can.ReadExport)
            .WithName("export_contents")
            .WithSummary("What an export is made of, and of which months there is something.")
            .Produces<ContentsAnswer>();
        export
            .MapGet("/", ExportAsync)
            .RequireAuthorization(Can.ReadExport)
            .Costs(CostOfExport)
            .WithName("export_data")
            .WithSummary("The own data: one UTC month of what grows with time, or everything else.")
            .WithDescription(
                "ndjson, lines of JSON whose last one is the manifest; or csv, a ZIP archive of tables and manifest.json. What breaks off has no manifest. Two at once for a tenant."
            )
            .Produces(
                StatusCodes.Status200OK,
                contentType: "application/x-ndjson",
                additionalContentTypes: "application/zip"
            );
    }

    /// <summary>What an export is made of, and of which months there is something.</summary>
    private static async Task<object> ContentsAsync(
        [AsParameters] ExportParts parts,
        CancellationToken cancellationToken
    )
    {
        await using var session = await parts.Doors.OpenAsync(parts.Scope.Tenant!.Value, cancellationToken);
        var first = await session.Connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(
                "SELECT min(from_minute) FROM archive.watch_period",
                transaction: session.Transaction,
                cancellationToken: cancellationToken
            )
        );
        var answer = new ContentsAnswer(
            [.. parts.Surfaces.Select(surface => new SurfaceLine(surface.Name, surface.IsMonthly, surface.Columns))],
            [.. Months(first, parts.Clock.GetUtcNow())]
        );
        return Results.Json(answer, ContentsJson.Default.ContentsAnswer);
    }

    /// <summary>
    /// The own data. month: one UTC month of what grows with time, for example 2026-10; without it everything else. format: ndjson (unless
    /// told), lines of JSON whose last one is the manifest; or csv, a ZIP archive of tables and manifest.json. What breaks off has no manifest.
    /// </summary>
    private static async Task<object> ExportAsync(
        ExportWish wish,
        [AsParameters] ExportParts parts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (wish.Format is not ("ndjson" or "csv"))
        {
            return ExportProblems.NotAFormat(wish.Format);
        }

        SlaMonth? month = null;
        if (wish.Month is not null)
        {
            if (!SlaMonth.TryParse(wish.Month, out var told))
            {
                return ExportProblems.NotAMonth(wish.Month);
            }

            month = told;
        }

        await using var session = await parts.Doors.OpenAsync(parts.Scope.Tenant!.Value, cancellationToken);
        if (!await HasRoomAsync(session, parts.Scope.Tenant.Value, cancellationToken))
        {
            return ExportProblems.TooMany;
        }

        var isCsv = wish.Format == "csv";
        var name = $"alivemcp-{month?.ToString() ?? "settings"}.{(isCsv ? "zip" : "ndjson")}";
        http.Response.ContentType = isCsv ? "application/zip" : "application/x-ndjson; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        http.Response.Headers.CacheControl = "private, no-store";
        await WriteAsync(parts, session, (month, isCsv), http.Response.Body, cancellationToken);
        return Results.Empty;
    }

    /// <summary>Two places for a tenant, over all replicas: each is a lock that ends with the export's own transaction.</summary>
    private static Task<bool> HasRoomAsync(
        TenantSession session,
        TenantId tenant,
        CancellationToken cancellationToken
    ) =>
        session.Connection.ExecuteScalarAsync<bool>(
            session.Command(
                "SELECT pg_try_advisory_xact_lock(@LockKey, @first) OR pg_try_advisory_xact_lock(@LockKey, -@first)",
                new { LockKey, first = tenant.Value },
                cancellationToken
            )
        );

    private static async Task WriteAsync(
        ExportParts parts,
        TenantSession session,
        (SlaMonth? Month, bool IsCsv) what,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        var tenant = parts.Scope.Tenant!.Value;
        var asked = what.Month is { } cut ? new Window(cut.Start, cut.End) : default;
        var figures = await parts.Reach.FiguresAsync(tenant, asked, cancellationToken);
        var minutes = await parts.Reach.MinutesAsync(tenant, asked, cancellationToken);
        var ask = new ExportAsk(session, figures.From.Value, minutes.From.Value, asked.To.Value);
        var surfaces = parts.Surfaces.Where(surface => surface.IsMonthly == what.Month is not null);
        var head = new ExportManifest("manifest", 1, parts.Clock.GetUtcNow(), what.Month?.ToString(), []);
        await (
            what.IsCsv
                ? ExportWriter.WriteTablesAsync(output, surfaces, ask, head, cancellationToken)
                : ExportWriter.WriteLinesAsync(output, surfaces, ask, head, cancellationToken)
        );
    }

    private static IEnumerable<string> Months(int? firstMinute, DateTimeOffset now)
    {
        if (firstMinute is not { } first)
        {
            yield break;
        }

        var last = SlaMonth.Of(now);
        for (
            var month = SlaMonth.Of(new MinuteStamp(first).Start);
            month.CompareTo(last) <= 0;
            month = new SlaMonth(month.First.AddMonths(1))
        )
        {
            yield return month.ToString();
        }
    }
}

/// <summary>What a request for data says, as it was written.</summary>
internal sealed record ExportWish(string? Month, string Format)
{
    public static ValueTask<ExportWish?> BindAsync(HttpContext http) =>
        new(new ExportWish(http.Request.Query["month"], (string?)http.Request.Query["format"] ?? "ndjson"));
}

/// <summary>What an export is made with.</summary>
internal sealed record ExportParts(
    [FromServices] IEnumerable<ExportSurface> Surfaces,
    [FromServices] PostgresDoors Doors,
    [FromServices] HistoryReach Reach,
    [FromServices] TenantScope Scope,
    [FromServices] TimeProvider Clock
);

/// <summary>How it is spelled in the API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ContentsAnswer))]
internal sealed partial class ContentsJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /export/contents</c>.</summary>
internal sealed record ContentsAnswer(IReadOnlyList<SurfaceLine> Surfaces, IReadOnlyList<string> Months);

/// <summary>One surface.</summary>
internal sealed record SurfaceLine(string Name, bool IsMonthly, IReadOnlyList<string> Columns);
