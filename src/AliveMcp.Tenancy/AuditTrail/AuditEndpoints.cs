using System.Globalization;
using System.Text.Json.Serialization;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Tenancy.AuditTrail;

internal static class AuditEndpoints
{
    public static void MapAuditTrail(this RouteGroupBuilder api) =>
        api.MapGet("/audit", ListAsync)
            .WithTags("audit")
            .RequireAuthorization(Can.ReadAudit)
            .WithName("list_audit")
            .WithSummary("Who did what in the tenant, the newest first.")
            .WithDescription(
                "action is whole (server.paused) or its beginning up to a dot (server). next is the before of the older page."
            )
            .Produces<AuditAnswer>();

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
        return Results.Json(
            new AuditAnswer([.. page.Rows.Select(AuditLine.Of)], page.Next),
            AuditJson.Default.AuditAnswer
        );
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

/// <summary>One page.</summary>
internal sealed record AuditAnswer(IReadOnlyList<AuditLine> Rows, long? Next);

/// <summary>How the trail is spelled in the API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AuditAnswer))]
internal sealed partial class AuditJson : JsonSerializerContext;
