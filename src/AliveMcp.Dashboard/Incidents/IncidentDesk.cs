using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Dashboard.Incidents;

/// <summary>What every form of an incident's page comes to: the act, and the page anew, or the page that says why not.</summary>
internal sealed record IncidentDesk(
    HttpContext Http,
    IncidentActs Acts,
    IncidentQueries Incidents,
    DeliveryQueries Deliveries,
    PageRenderer Pages
)
{
    private const int Shown = 100;

    public async Task<IResult> DoAsync(
        long id,
        Func<long, CancellationToken, Task<Result<IncidentAnswer>>> act,
        string done
    )
    {
        var answer = await act(id, Http.RequestAborted);
        return answer.TryGet(out _)
            ? Http.Go(Http.GroundOf().At($"incidents/{id}"), done)
            : await PageAsync(id, [.. answer.Problems.Select(problem => problem with { Field = null })]);
    }

    public async Task<IResult> WithTextAsync(
        long id,
        (string Name, int Longest) field,
        Func<long, string, CancellationToken, Task<Result<IncidentAnswer>>> act,
        string done
    )
    {
        var fields = new BodyFields(FormBody.Of(Http.Request.Form, field.Name), field.Name);
        var text = fields.Text(field.Name, field.Longest);
        fields.Need(field.Name, text, "say it in a few words");
        return fields.Problems.Count > 0
            ? await PageAsync(id, [.. fields.Problems.Select(problem => problem.Beside(problem.Field))])
            : await DoAsync(id, (one, stop) => act(one, text!, stop), done);
    }

    public async Task<IResult> PageAsync(long id, IReadOnlyList<Problem> problems)
    {
        if (await Incidents.FindAsync(id, Http.RequestAborted) is not { } incident)
        {
            return Results.NotFound();
        }

        var filter = new DeliveryFilter
        {
            Before = long.MaxValue,
            Take = Shown,
            Incident = id,
        };
        var deliveries = await Deliveries.PageAsync(filter, Http.RequestAborted);
        var now = Http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var view = new IncidentView(Http.GroundOf(problems), incident, deliveries, now);
        return await Pages.ShowAsync<IncidentPage>(
            problems.Count == 0 ? view : view with { Typed = TypedIn(Http.Request.Form) },
            PageGround.StatusOf(problems)
        );
    }

    private static Dictionary<string, string> TypedIn(IFormCollection form) =>
        form.Where(field => field.Key is "text" or "reason" or "to")
            .ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
}
