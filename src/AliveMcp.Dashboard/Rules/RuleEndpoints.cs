using AliveMcp.Alerting.Rules;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Rules;

/// <summary>The rules of one tenant.</summary>
internal static class RuleEndpoints
{
    private const string Stale = "rule_stale";
    private const int Shown = 1_000;

    public static void MapRules(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/rules", ListAsync).RequireAuthorization(Can.ReadAlerts);
        tenant.MapGet("/rules/{id:int}", ShowAsync).RequireAuthorization(Can.ReadAlerts);
        var rules = tenant.MapGroup("/rules").RequireAuthorization(Can.WriteAlerts);
        rules.MapGet("/new", NewAsync);
        rules.MapPost("/new", MakeAsync);
        rules.MapPost("/{id:int}", ChangeAsync);
        rules.MapPost("/{id:int}/remove", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        RuleQueries rules,
        SinkQueries sinks,
        PageRenderer pages
    )
    {
        var view = new RulesView(
            http.GroundOf(),
            await rules.PageAsync(after: 0, Shown, http.RequestAborted),
            await sinks.PageAsync(after: 0, Shown, http.RequestAborted)
        );
        return await pages.ShowAsync<RulesPage>(view);
    }

    private static async Task<IResult> ShowAsync(
        int id,
        HttpContext http,
        RuleQueries rules,
        SinkQueries sinks,
        PageRenderer pages
    )
    {
        if (await rules.FindAsync(id, http.RequestAborted) is not { } rule)
        {
            return Results.NotFound();
        }

        var all = await sinks.PageAsync(after: 0, Shown, http.RequestAborted);
        return await pages.ShowAsync<RulePage>(new RuleView(http.GroundOf(), rule, RuleDraft.Of(rule), all));
    }

    private static async Task<IResult> NewAsync(HttpContext http, SinkQueries sinks, PageRenderer pages)
    {
        var all = await sinks.PageAsync(after: 0, Shown, http.RequestAborted);
        return await pages.ShowAsync<RulePage>(new RuleView(http.GroundOf(), null, new RuleDraft(), all));
    }

    private static async Task<IResult> MakeAsync(HttpContext http, RuleActs acts, SinkQueries sinks, PageRenderer pages)
    {
        var draft = RuleDraft.Of(http.Request.Form);
        var made = await acts.CreateAsync(FormBody.Of(draft.ToBody()), http.RequestAborted);
        if (made.TryGet(out _))
        {
            return http.Go(http.GroundOf().At("rules"), "rule_made");
        }

        var all = await sinks.PageAsync(after: 0, Shown, http.RequestAborted);
        var view = new RuleView(http.GroundOf(OnForm(made.Problems)), null, draft, all);
        return await pages.ShowAsync<RulePage>(view, PageGround.StatusOf(made.Problems));
    }

    /// <summary>Who was overtaken sees what is kept beside what was typed, and decides; nothing typed is lost.</summary>
    private static async Task<IResult> ChangeAsync(
        int id,
        RuleActs acts,
        RuleQueries rules,
        SinkQueries sinks,
        HttpContext http
    )
    {
        var draft = RuleDraft.Of(http.Request.Form);
        var changed = await acts.ReplaceAsync(id, FormBody.Of(draft.ToBody()), StateOf(http), http.RequestAborted);
        if (changed.TryGet(out _))
        {
            return http.Go(http.GroundOf().At("rules"), "rule_changed");
        }

        return await AgainAsync(http, await rules.FindAsync(id, http.RequestAborted), draft, sinks, changed.Problems);
    }

    private static async Task<IResult> RemoveAsync(
        int id,
        RuleActs acts,
        RuleQueries rules,
        SinkQueries sinks,
        HttpContext http
    )
    {
        if (await acts.RemoveAsync(id, StateOf(http), http.RequestAborted) is not { } problem)
        {
            return http.Go(http.GroundOf().At("rules"), "rule_removed");
        }

        var rule = await rules.FindAsync(id, http.RequestAborted);
        var draft = rule is null ? new RuleDraft() : RuleDraft.Of(rule);
        return await AgainAsync(http, rule, draft, sinks, [problem]);
    }

    private static async Task<IResult> AgainAsync(
        HttpContext http,
        SeenRule? rule,
        RuleDraft draft,
        SinkQueries sinks,
        IReadOnlyList<Problem> problems
    )
    {
        if (rule is null)
        {
            return Results.NotFound();
        }

        var isOvertaken = problems.Any(problem => problem.Code == Stale);
        var shown = problems.Where(problem => problem.Code != Stale).ToList();
        var all = await sinks.PageAsync(after: 0, Shown, http.RequestAborted);
        var view = new RuleView(http.GroundOf(OnForm(shown)), rule, draft, all) { IsOvertaken = isOvertaken };
        var pages = (PageRenderer)http.RequestServices.GetService(typeof(PageRenderer))!;
        return await pages.ShowAsync<RulePage>(view, PageGround.StatusOf(problems));
    }

    private static Precondition StateOf(HttpContext http) => Precondition.Of(http.Request.Form["etag"].ToString());

    /// <summary>The way to a field of the body becomes the field of the form.</summary>
    private static List<Problem> OnForm(IEnumerable<Problem> problems) =>
        [.. problems.Select(problem => problem.Beside(FieldOf(problem.Field)))];

    private static string? FieldOf(string? path) =>
        path switch
        {
            null => null,
            "name" => "name",
            "quiet_hours.from" => "quiet_from",
            "quiet_hours.to" => "quiet_to",
            "quiet_hours.zone" => "quiet_zone",
            _ when path.StartsWith("steps", StringComparison.Ordinal) => "steps",
            _ when path.StartsWith("match.", StringComparison.Ordinal) => path["match.".Length..].Split('[')[0],
            _ => null,
        };
}
