using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Incidents;

/// <summary>The incidents of one tenant: lists, and opening one by hand.</summary>
internal static class IncidentEndpoints
{
    public static void MapIncidents(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/incidents", ListAsync).RequireAuthorization(Can.ReadAlerts);
        tenant.MapGet("/incidents/new", NewAsync).RequireAuthorization(Can.HandleIncidents);
        tenant.MapPost("/incidents/new", OpenAsync).RequireAuthorization(Can.HandleIncidents);
        tenant.MapIncidentActs();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        IncidentQueries incidents,
        ServerQueries servers,
        TimeProvider clock,
        PageRenderer pages
    )
    {
        var filter = IncidentFilter.Of(http.Request.Query);
        var (page, problems) = await ReadAsync(filter, incidents, servers, http.RequestAborted);
        var next = page.Count == IncidentFilter.Take ? $"{page[^1].Id}" : null;
        var view = new IncidentsView(http.GroundOf(problems), filter, page, next, clock.GetUtcNow());
        return await pages.ShowAsync<IncidentsPage>(view, PageGround.StatusOf(problems));
    }

    private static async Task<(IReadOnlyList<IncidentLine> Page, IReadOnlyList<Problem> Problems)> ReadAsync(
        IncidentFilter filter,
        IncidentQueries incidents,
        ServerQueries servers,
        CancellationToken cancellationToken
    )
    {
        var read = filter.Read();
        if (!read.TryGet(out var ask))
        {
            return ([], [.. read.Problems.Select(problem => problem with { Field = null })]);
        }

        if (filter.Server.Length > 0)
        {
            if (await servers.ResolveOwnAsync(filter.Server, cancellationToken) is not { } found)
            {
                return ([], [NoServer(filter.Server)]);
            }

            ask = ask with { Server = found.Server };
        }

        return (await incidents.PageAsync(ask, cancellationToken), []);
    }

    private static Task<IResult> NewAsync(HttpContext http, PageRenderer pages) =>
        pages.ShowAsync<NewIncidentPage>(
            new NewIncidentView(http.GroundOf(), http.Request.Query["server"], null, nameof(Severity.P2))
        );

    private static async Task<IResult> OpenAsync(
        HttpContext http,
        IncidentActs acts,
        ServerQueries servers,
        PageRenderer pages
    )
    {
        var form = http.Request.Form;
        var fields = new BodyFields(
            FormBody.Of(form, "server", "summary", "severity"),
            "server",
            "summary",
            "severity"
        );
        var slug = fields.Text("server", 63);
        var summary = fields.Text("summary", IncidentActs.LongestReason);
        var severity = fields.Word("severity", Enum.GetNames<Severity>()) ?? nameof(Severity.P2);
        fields.Need("server", slug, "say which server it is about");
        fields.Need("summary", summary, "say in a line what is wrong");
        if (fields.Problems.Count == 0 && await servers.ResolveOwnAsync(slug!, http.RequestAborted) is { } found)
        {
            var opened = await acts.OpenAsync(found, summary!, Enum.Parse<Severity>(severity), http.RequestAborted);
            return opened.TryGet(out var incident)
                ? http.Go(http.GroundOf().At($"incidents/{incident.Incident.Id}"), "opened")
                : await AgainAsync(opened.Problems);
        }

        return await AgainAsync(fields.Problems.Count > 0 ? fields.Problems : [NoServer(slug!)]);

        Task<IResult> AgainAsync(IReadOnlyList<Problem> problems) =>
            pages.ShowAsync<NewIncidentPage>(
                new NewIncidentView(
                    http.GroundOf([.. problems.Select(problem => problem.Beside(problem.Field))]),
                    form.Text("server"),
                    form.Text("summary"),
                    severity
                ),
                StatusCodes.Status422UnprocessableEntity
            );
    }

    private static Problem NoServer(string slug) =>
        new("server_unknown", $"There is no server '{SafeText.Of(slug, 80)}' of yours.", "server");
}
