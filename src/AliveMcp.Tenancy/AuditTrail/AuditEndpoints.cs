using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Tenancy.AuditTrail;

internal static class AuditEndpoints
{
    private static readonly ReadOnlyMemory<byte> LineEnd = "\n"u8.ToArray();

    private const int PageOfExport = 1_000;
    private const int CostOfWalk = 50;

    public static void MapAuditTrail(this RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("audit");
        audit
            .MapGet("/", ListAsync)
            .RequireAuthorization(Can.ReadAudit)
            .WithName("list_audit")
            .WithSummary("Who did what in the tenant, the newest first.")
            .WithDescription(
                "action is whole (server.paused) or its beginning up to a dot (server). next is the before of the older page."
            )
            .Produces<AuditAnswer>();
        audit
            .MapGet("/export", ExportAsync)
            .RequireAuthorization(Can.ReadAudit)
            .Costs(CostOfWalk)
            .WithName("export_audit")
            .WithSummary("The whole trail of the tenant as lines of JSON, the newest first.")
            .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson");
        audit
            .MapGet("/verification", VerifyAsync)
            .RequireAuthorization(Can.ReadAudit)
            .Costs(CostOfWalk)
            .WithName("verify_audit")
            .WithSummary(
                "Walks the tenant's chain, makes every hash anew and names the first row that is not as it was written."
            )
            .Produces<AuditVerdict>();
    }

    private static async Task ExportAsync(
        AuditQueries queries,
        TenantScope scope,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        response.ContentType = "application/x-ndjson; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"alivemcp-audit.ndjson\"";
        var filter = new AuditFilter { Take = PageOfExport };
        long? next;
        do
        {
            var page = await queries.PageAsync(scope.Tenant!.Value, filter, cancellationToken);
            foreach (var row in page.Rows)
            {
                await response.Body.WriteAsync(
                    JsonSerializer.SerializeToUtf8Bytes(row, AuditJson.Default.AuditLine),
                    cancellationToken
                );
                await response.Body.WriteAsync(LineEnd, cancellationToken);
            }

            next = page.Next;
            filter = filter with { Before = next };
        } while (next is not null);
    }

    private static async Task<IResult> VerifyAsync(
        AuditVerifier verifier,
        TenantScope scope,
        CancellationToken cancellationToken
    )
    {
        var standing = (await verifier.VerifyAsync(scope.Tenant, cancellationToken)).SingleOrDefault();
        return Results.Json(AuditVerdict.Of(standing), AuditJson.Default.AuditVerdict);
    }

    private static async Task<object> ListAsync(
        AuditQueries queries,
        TenantScope scope,
        [AsParameters] AuditAsk ask,
        CancellationToken cancellationToken
    )
    {
        var problems = new List<Problem>();
        var filter = new AuditFilter
        {
            From = Instant("from", ask.From, problems),
            To = Instant("to", ask.To, problems),
            Person = ask.Person,
            Key = ask.Key,
            Action = ask.Action,
            TargetKind = ask.TargetKind,
            Target = ask.Target,
            Before = ask.Before,
            Take = ask.Take ?? 100,
        };
        if (problems.Count > 0)
        {
            return problems;
        }

        var page = await queries.PageAsync(scope.Tenant!.Value, filter, cancellationToken);
        return Results.Json(new AuditAnswer(page.Rows, page.Next), AuditJson.Default.AuditAnswer);
    }

    private static DateTimeOffset? Instant(string field, string? text, List<Problem> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (
            DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var instant
            )
        )
        {
            return instant;
        }

        problems.Add(
            new Problem(
                field + "_invalid",
                $"{field} is '{SafeText.Of(text, 60)}'; write a moment, for example 2026-11-21T00:00:00Z.",
                field
            )
        );
        return null;
    }
}

/// <summary>Which rows a request asks for.</summary>
internal sealed record AuditAsk(
    string? From,
    string? To,
    string? Person,
    int? Key,
    string? Action,
    [FromQuery(Name = "target_kind")] string? TargetKind,
    string? Target,
    long? Before,
    int? Take
);

/// <summary>Whether a chain is as it was written.</summary>
/// <param name="Ok">Whether every row is.</param>
/// <param name="Rows">How many were found good.</param>
/// <param name="Fault">The first that is not; left out: there is none.</param>
internal sealed record AuditVerdict(bool Ok, long Rows, AuditFault? Fault)
{
    public static AuditVerdict Of(ChainStanding? standing) =>
        new(
            standing?.Fault is null,
            standing?.Good ?? 0,
            standing?.Fault is { } fault ? new AuditFault(fault.Seq, fault.Kind, fault.What) : null
        );
}

/// <summary>The first thing wrong with a chain.</summary>
internal sealed record AuditFault(long Seq, string Kind, string What);

/// <summary>One page.</summary>
internal sealed record AuditAnswer(IReadOnlyList<AuditLine> Rows, long? Next);

/// <summary>How the trail is spelled in the API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(AuditVerdict))]
internal sealed partial class AuditJson : JsonSerializerContext;
