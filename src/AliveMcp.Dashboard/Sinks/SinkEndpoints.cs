using AliveMcp.Alerting.Sinks;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Sinks;

/// <summary>The sinks of one tenant, and setting one up.</summary>
internal static class SinkEndpoints
{
    private const int Shown = 1_000;

    public static void MapSinks(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/sinks", ListAsync).RequireAuthorization(Can.ReadAlerts);
        tenant.MapGet("/sinks/new", NewAsync).RequireAuthorization(Can.WriteAlerts);
        tenant.MapPost("/sinks/new", MakeAsync).RequireAuthorization(Can.WriteAlerts);
        tenant.MapSinkActs();
    }

    private static async Task<IResult> ListAsync(HttpContext http, SinkQueries sinks, PageRenderer pages)
    {
        var all = await sinks.PageAsync(after: 0, Shown, http.RequestAborted);
        return await pages.ShowAsync<SinksPage>(new SinksView(http.GroundOf(), all));
    }

    private static Task<IResult> NewAsync(HttpContext http, SinkQueries sinks, PageRenderer pages) =>
        pages.ShowAsync<NewSinkPage>(
            new NewSinkView(http.GroundOf(), sinks.Offered, sinks.Offer(http.Request.Query["kind"]), NothingTyped)
        );

    /// <summary>What is told once, a webhook's secret and its record, is the answer to the form itself.</summary>
    private static async Task<IResult> MakeAsync(HttpContext http, SinkActs acts, [AsParameters] SinkDesk desk)
    {
        var form = http.Request.Form;
        var offer = desk.Sinks.Offer(form.Text("kind"));
        var body = FormBody.Of(form, ["kind", "name", .. offer?.Fields ?? []]);
        var made = await acts.CreateAsync(body, http.RequestAborted);
        if (made.TryGet(out var sink))
        {
            return await desk.AnswerAsync(sink, "sink_made");
        }

        var view = new NewSinkView(
            http.GroundOf([.. made.Problems.Select(problem => OnPage(problem, offer))]),
            desk.Sinks.Offered,
            offer,
            form.TypedOf(offer)
        );
        return await desk.Pages.ShowAsync<NewSinkPage>(view, PageGround.StatusOf(made.Problems));
    }

    /// <summary>The kind of this word; null: there is none.</summary>
    public static OfferedSink? Offer(this SinkQueries sinks, string? kind) =>
        sinks.Offered.FirstOrDefault(one => one.Kind == kind);

    /// <summary>What may be shown again of a form that was refused.</summary>
    public static Dictionary<string, string> TypedOf(this IFormCollection form, OfferedSink? offer) =>
        new[] { "name" }
            .Concat((offer?.Fields ?? []).Where(field => !SinkGuides.Field(field).IsSecret))
            .ToDictionary(field => field, form.Text, StringComparer.Ordinal);

    /// <summary>What belongs to no field of the page stands above everything.</summary>
    public static Problem OnPage(Problem problem, OfferedSink? offer) =>
        problem.Field is "name" or "code" || offer?.Fields.Contains(problem.Field ?? "", StringComparer.Ordinal) == true
            ? problem.Beside(problem.Field)
            : problem.Beside(field: null);

    private static Dictionary<string, string> NothingTyped => new(StringComparer.Ordinal);
}
