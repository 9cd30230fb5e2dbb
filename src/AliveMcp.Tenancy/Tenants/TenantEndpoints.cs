using System.Text.Json.Serialization;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>Tenants as operators handle them. None of it is any customer's.</summary>
internal static class TenantEndpoints
{
    private const int LargestBody = 4 * 1024;
    private const int LargestPage = 1_000;
    private const int LongestReason = 300;

    public static void MapTenants(this RouteGroupBuilder api)
    {
        var tenants = api.MapGroup("/operator/tenants").WithTags("operator");
        tenants
            .MapGet("/", ListAsync)
            .RequireAuthorization(Can.ReadTenants)
            .WithName("list_tenants")
            .WithSummary("The tenants of the install and how they stand, by number.")
            .Produces<TenantPage>();
        tenants
            .MapGet("/{tenant}", FindAsync)
            .RequireAuthorization(Can.ReadTenants)
            .WithName("get_tenant")
            .WithSummary("One tenant and how it stands.")
            .Produces<TenantLine>();
        tenants
            .MapPut("/{tenant}/standing", ChangeAsync)
            .RequireAuthorization(Can.WriteTenants)
            .WithName("set_tenant_standing")
            .WithSummary(
                "Suspends a tenant, calls it past due, or lifts either. It takes effect with its next request."
            )
            .Accepts<StandingWish>("application/json")
            .Produces<TenantLine>();
    }

    private static async Task<IResult> ListAsync(
        TenantQueries tenants,
        CancellationToken cancellationToken,
        int after = 0,
        int take = 100
    )
    {
        var size = Math.Clamp(take, 1, LargestPage);
        var page = await tenants.PageAsync(after, size, cancellationToken);
        var next = page.Count == size ? page[^1].Tenant.Value : (int?)null;
        return Results.Json(new TenantPage([.. page.Select(TenantLine.Of)], next), TenantJson.Default.TenantPage);
    }

    private static async Task<object> FindAsync(
        string tenant,
        TenantQueries tenants,
        CancellationToken cancellationToken
    ) =>
        await tenants.FindAsync(tenant, cancellationToken) is { } found
            ? Results.Json(TenantLine.Of(found), TenantJson.Default.TenantLine)
            : TenantProblems.NotFound(tenant);

    private static async Task<object> ChangeAsync(
        string tenant,
        HttpRequest request,
        StandingDesk desk,
        ActorScope actor,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var fields = new BodyFields(json, "status", "reason");
        var word = fields.Word("status", TenantStanding.Words);
        var reason = fields.Text("reason", LongestReason);
        if (word is null && fields.Problems.Count == 0)
        {
            fields.Refuse(
                "status",
                "status_missing",
                $"is missing; there are {string.Join(", ", TenantStanding.Words)}"
            );
        }

        if (fields.Problems.Count > 0)
        {
            return fields.Problems;
        }

        var changed = await desk.ChangeAsync(tenant, TenantStanding.Of(word!), reason, actor.Actor, cancellationToken);
        return changed.TryGet(out var now)
            ? Results.Json(TenantLine.Of(now), TenantJson.Default.TenantLine)
            : changed.Problems;
    }
}

/// <summary>What the body of a change says.</summary>
/// <param name="Status"><c>active</c>, <c>past_due</c> or <c>suspended</c>.</param>
/// <param name="Reason">Why, for the tenant to read; 1 to 300 characters.</param>
internal sealed record StandingWish(string Status, string Reason);

/// <summary>A tenant as the API tells it to operators.</summary>
internal sealed record TenantLine(
    int Id,
    string Slug,
    string Name,
    string Plan,
    string Status,
    DateTimeOffset StatusSince,
    string? StatusReason
)
{
    public static TenantLine Of(ListedTenant tenant) =>
        new(
            tenant.Tenant.Value,
            tenant.Slug,
            tenant.Name,
            tenant.Plan,
            TenantStanding.Word(tenant.Standing.Status),
            tenant.Standing.Since,
            tenant.Standing.Reason
        );
}

/// <summary>One page.</summary>
/// <param name="Tenants">By number.</param>
/// <param name="Next">The <c>after</c> of the next page; left out: this was the last.</param>
internal sealed record TenantPage(IReadOnlyList<TenantLine> Tenants, int? Next);

/// <summary>How this slice's answers are spelled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(TenantPage))]
[JsonSerializable(typeof(TenantLine))]
internal sealed partial class TenantJson : JsonSerializerContext;
