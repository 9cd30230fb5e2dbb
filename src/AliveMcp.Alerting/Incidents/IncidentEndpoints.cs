using System.ComponentModel;
using System.Globalization;
using AliveMcp.Alerting.Messages;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Alerting.Incidents;

internal static class IncidentEndpoints
{
    private const int LargestBody = 16 * 1024;
    private static readonly TimeSpan Told = TimeSpan.FromDays(90);

    public static void MapIncidentEndpoints(this RouteGroupBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("incidents");
        incidents
            .MapGet("/", ListAsync)
            .RequireAuthorization(Can.ReadAlerts)
            .WithName("list_incidents")
            .WithSummary("The incidents of the own servers, the newest first.")
            .WithDescription("next is the before of the older page; null on the last one.")
            .Produces<IncidentPage>();
        incidents
            .MapGet("/{id:long}", ReadAsync)
            .RequireAuthorization(Can.ReadAlerts)
            .WithName("get_incident")
            .WithSummary("One incident with everything that was said of it.")
            .Produces<IncidentAnswer>();
        incidents
            .MapPost("/", OpenAsync)
            .RequireAuthorization(Can.HandleIncidents)
            .WithName("open_incident")
            .WithSummary("Opens an incident by hand, for what no look can see.")
            .Accepts<OpenedByHand>("application/json")
            .Produces<IncidentAnswer>(StatusCodes.Status201Created);
        incidents.MapActs();
        api.MapGet("/servers/{slug}/incidents", ToldAsync)
            .WithTags("incidents")
            .RefusingBadTokens()
            .WithName("list_server_incidents")
            .WithSummary("What happened to a server in the last 90 days, as its page tells it, the newest first.")
            .Produces<ToldPage>();
    }

    private static void MapActs(this RouteGroupBuilder incidents)
    {
        incidents
            .MapPost(
                "/{id:long}/acknowledge",
                async (long id, IncidentActs acts, HttpContext http) =>
                    Answer(await acts.AcknowledgeAsync(id, http.RequestAborted))
            )
            .RequireAuthorization(Can.HandleIncidents)
            .WithName("acknowledge_incident")
            .WithSummary("Says that somebody looks after it: nobody else is called. Doing it again changes nothing.")
            .Produces<IncidentAnswer>();
        incidents
            .MapPost(
                "/{id:long}/resolve",
                async (long id, IncidentActs acts, HttpContext http) =>
                    Answer(await acts.ResolveAsync(id, http.RequestAborted))
            )
            .RequireAuthorization(Can.HandleIncidents)
            .WithName("resolve_incident")
            .WithSummary("Ends an incident that was opened by hand. The others end when their server is well again.")
            .Produces<IncidentAnswer>();
        incidents
            .MapPost("/{id:long}/updates", SayAsync)
            .RequireAuthorization(Can.HandleIncidents)
            .WithName("say_of_incident")
            .WithSummary("Says something of an incident to everybody who may see its server.")
            .Accepts<SaidOfIncident>("application/json")
            .Produces<IncidentAnswer>();
        incidents
            .MapPost("/{id:long}/notes", NoteAsync)
            .RequireAuthorization(Can.HandleIncidents)
            .WithName("note_incident")
            .WithSummary("Writes something of an incident down for the members alone: nobody is told of it.")
            .Accepts<SaidOfIncident>("application/json")
            .Produces<IncidentAnswer>();
        incidents
            .MapPost("/{id:long}/exclude", ExcludeAsync)
            .RequireAuthorization(Can.HandleIncidents)
            .WithName("exclude_incident")
            .WithSummary("Marks an incident as left out of what is promised; the reason is shown with it.")
            .Accepts<ExcludedIncident>("application/json")
            .Produces<IncidentAnswer>();
        incidents
            .MapPost(
                "/{id:long}/include",
                async (long id, IncidentActs acts, HttpContext http) =>
                    Answer(await acts.ExcludeAsync(id, reason: null, http.RequestAborted))
            )
            .RequireAuthorization(Can.HandleIncidents)
            .WithName("include_incident")
            .WithSummary("Takes that mark back.")
            .Produces<IncidentAnswer>();
    }

    private static async Task<object> ListAsync(
        IncidentQueries incidents,
        ServerQueries servers,
        CancellationToken cancellationToken,
        [Description("open, resolved or all; all unless told.")] string? state = null,
        [Description("Only of this kind, for example outage.")] string? kind = null,
        [Description("Only of this severity, P1 to P4.")] string? severity = null,
        [Description("Only of this own server, by its slug.")] string? server = null,
        [Description("The next of the page before.")] string? before = null,
        [Description("How many at most, 1 to 100.")] int take = 20
    )
    {
        var read = IncidentAsk.Read((state, kind, severity), before, take);
        if (!read.TryGet(out var ask))
        {
            return read.Problems;
        }

        if (!string.IsNullOrEmpty(server))
        {
            if (await servers.ResolveOwnAsync(server, cancellationToken) is not { } found)
            {
                return IncidentProblems.NoServer(server);
            }

            ask = ask with { Server = found.Server };
        }

        var page = await incidents.PageAsync(ask, cancellationToken);
        var next = page.Count == ask.Take ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Json(new IncidentPage(page, next), IncidentJson.Default.IncidentPage);
    }

    private static async Task<object> ReadAsync(
        long id,
        IncidentQueries incidents,
        CancellationToken cancellationToken
    ) =>
        await incidents.FindAsync(id, cancellationToken) is { } found
            ? Results.Json(found, IncidentJson.Default.IncidentAnswer)
            : IncidentProblems.NotFound(id);

    private static async Task<object> ToldAsync(
        string slug,
        ServerQueries servers,
        ToldIncidents told,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (await servers.ResolveAsync(slug, cancellationToken) is not { } server)
        {
            return IncidentProblems.NoServer(slug);
        }

        var now = clock.GetUtcNow();
        var incidents = await told.OfAsync(server, now - Told, now, 100, cancellationToken);
        return Results.Json(new ToldPage(slug, incidents), IncidentJson.Default.ToldPage);
    }

    private static async Task<object> OpenAsync(
        IncidentActs acts,
        ServerQueries servers,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var fields = new BodyFields(json, "server", "summary", "severity");
        var slug = fields.Text("server", 63);
        var summary = fields.Text("summary", IncidentActs.LongestReason);
        var severity = fields.Word("severity", Enum.GetNames<Severity>());
        Require(fields, "server", slug);
        Require(fields, "summary", summary);
        if (fields.Problems.Count > 0)
        {
            return fields.Problems;
        }

        if (await servers.ResolveOwnAsync(slug!, cancellationToken) is not { } found)
        {
            return IncidentProblems.NoServer(slug!);
        }

        var opened = await acts.OpenAsync(found, summary!, Enum.Parse<Severity>(severity ?? "P2"), cancellationToken);
        return Answer(opened, StatusCodes.Status201Created);
    }

    private static async Task<object> SayAsync(
        long id,
        IncidentActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    ) =>
        await WithTextAsync(http, "text", text => acts.SayAsync(id, text, cancellationToken), IncidentActs.LongestText);

    private static async Task<object> NoteAsync(
        long id,
        IncidentActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    ) =>
        await WithTextAsync(
            http,
            "text",
            text => acts.NoteAsync(id, text, cancellationToken),
            IncidentActs.LongestText
        );

    private static async Task<object> ExcludeAsync(
        long id,
        IncidentActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    ) =>
        await WithTextAsync(
            http,
            "reason",
            reason => acts.ExcludeAsync(id, reason, cancellationToken),
            IncidentActs.LongestReason
        );

    private static async Task<object> WithTextAsync(
        HttpContext http,
        string field,
        Func<string, Task<Result<IncidentAnswer>>> act,
        int longest
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, http.RequestAborted);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var fields = new BodyFields(json, field);
        var text = fields.Text(field, longest);
        Require(fields, field, text);
        return fields.Problems.Count > 0 ? fields.Problems : Answer(await act(text!));
    }

    private static void Require(BodyFields fields, string field, string? value)
    {
        if (value is null && fields.Problems.TrueForAll(problem => problem.Field != field))
        {
            fields.Problems.Add(IncidentProblems.NeedsText(field));
        }
    }

    private static object Answer(Result<IncidentAnswer> done, int status = StatusCodes.Status200OK) =>
        done.TryGet(out var incident)
            ? Results.Json(incident, IncidentJson.Default.IncidentAnswer, statusCode: status)
            : done.Problems;

    /// <summary>Body of <c>POST /incidents</c>.</summary>
    /// <param name="Server">Slug of an own server.</param>
    /// <param name="Summary">One line for people.</param>
    /// <param name="Severity">P1 to P4; P2 unless told.</param>
    internal sealed record OpenedByHand(string Server, string Summary, string? Severity);

    /// <summary>Body of <c>POST /incidents/{id}/updates</c> and <c>/notes</c>.</summary>
    internal sealed record SaidOfIncident(string Text);

    /// <summary>Body of <c>POST /incidents/{id}/exclude</c>.</summary>
    internal sealed record ExcludedIncident(string Reason);
}
