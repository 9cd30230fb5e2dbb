using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Alerting.Rules;

internal static class RuleEndpoints
{
    private const int LargestBody = 64 * 1024;
    private const int LargestPage = 1_000;

    public static void MapRules(this RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("alerts");
        rules
            .MapGet("/", ListAsync)
            .RequireAuthorization(Can.ReadAlerts)
            .WithName("list_rules")
            .WithSummary("The rules of the tenant, by number. Without any, every verified sink hears P1 to P3.")
            .Produces<RulePage>();
        rules
            .MapGet("/{id:int}", FindAsync)
            .RequireAuthorization(Can.ReadAlerts)
            .WithName("get_rule")
            .WithSummary("One rule of the tenant; its ETag names its state.")
            .Produces<SeenRule>();
        rules
            .MapPost("/", CreateAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .WithName("create_rule")
            .WithSummary("Makes another rule: which alerts go to which sinks, when it is quiet, who is next.")
            .Accepts<SeenRule>("application/json")
            .Produces<SeenRule>(StatusCodes.Status201Created);
        rules
            .MapPut("/{id:int}", ReplaceAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .NeedingState()
            .WithName("replace_rule")
            .WithSummary("Gives a rule everything anew. Needs If-Match.")
            .Accepts<SeenRule>("application/json")
            .Produces<SeenRule>();
        rules
            .MapDelete("/{id:int}", RemoveAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .NeedingState()
            .WithName("remove_rule")
            .WithSummary("Removes a rule; what it has sent stays in the log. Needs If-Match.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(
        RuleQueries queries,
        CancellationToken cancellationToken,
        int after = 0,
        int take = 100
    )
    {
        var size = Math.Clamp(take, 1, LargestPage);
        var page = await queries.PageAsync(after, size, cancellationToken);
        var next = page.Count == size ? page[^1].Id : (int?)null;
        return Results.Json(new RulePage(page, next), RuleJson.Default.RulePage);
    }

    private static async Task<object> FindAsync(
        int id,
        RuleQueries queries,
        HttpContext http,
        CancellationToken cancellationToken
    ) =>
        await queries.FindAsync(id, cancellationToken) is { } rule
            ? Answer(rule, http, StatusCodes.Status200OK)
            : RuleProblems.NotFound(id);

    private static async Task<object> CreateAsync(RuleActs acts, HttpContext http, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var created = await acts.CreateAsync(json, cancellationToken);
        if (!created.TryGet(out var rule))
        {
            return created.Problems;
        }

        http.Response.Headers.Location = FormattableString.Invariant($"/api/v1/rules/{rule.Id}");
        return Answer(rule, http, StatusCodes.Status201Created);
    }

    private static async Task<object> ReplaceAsync(
        int id,
        RuleActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var changed = await acts.ReplaceAsync(id, json, Precondition.Of(http.Request), cancellationToken);
        return changed.TryGet(out var rule) ? Answer(rule, http, StatusCodes.Status200OK) : changed.Problems;
    }

    private static async Task<object> RemoveAsync(
        int id,
        RuleActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    ) =>
        await acts.RemoveAsync(id, Precondition.Of(http.Request), cancellationToken) is { } problem
            ? problem
            : Results.NoContent();

    private static IResult Answer(SeenRule rule, HttpContext http, int status)
    {
        http.Response.Headers.ETag = rule.ETag;
        return Results.Json(rule, RuleJson.Default.SeenRule, statusCode: status);
    }
}
