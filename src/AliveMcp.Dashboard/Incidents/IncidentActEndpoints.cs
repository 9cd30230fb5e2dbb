using AliveMcp.Alerting.Incidents;
using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Incidents;

/// <summary>One incident, and what people do about it: the acts of the API, pressed.</summary>
internal static class IncidentActEndpoints
{
    public static void MapIncidentActs(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/incidents/{id:long}", ShowAsync).RequireAuthorization(Can.ReadAlerts);
        var hands = tenant.MapGroup("/incidents/{id:long}").RequireAuthorization(Can.HandleIncidents);
        hands.MapPost("/acknowledge", AcknowledgeAsync);
        hands.MapPost("/resolve", ResolveAsync);
        hands.MapPost("/include", IncludeAsync);
        hands.MapPost("/exclude", ExcludeAsync);
        hands.MapPost("/say", SayAsync);
    }

    private static Task<IResult> ShowAsync(long id, [AsParameters] IncidentDesk desk) => desk.PageAsync(id, []);

    private static Task<IResult> AcknowledgeAsync(long id, [AsParameters] IncidentDesk desk) =>
        desk.DoAsync(id, desk.Acts.AcknowledgeAsync, "acknowledged");

    private static Task<IResult> ResolveAsync(long id, [AsParameters] IncidentDesk desk) =>
        desk.DoAsync(id, desk.Acts.ResolveAsync, "resolved");

    private static Task<IResult> IncludeAsync(long id, [AsParameters] IncidentDesk desk) =>
        desk.DoAsync(id, (one, stop) => desk.Acts.ExcludeAsync(one, reason: null, stop), "included");

    private static Task<IResult> ExcludeAsync(long id, [AsParameters] IncidentDesk desk) =>
        desk.WithTextAsync(id, ("reason", IncidentActs.LongestReason), desk.Acts.ExcludeAsync, "excluded");

    private static Task<IResult> SayAsync(long id, [AsParameters] IncidentDesk desk) =>
        desk.Http.Request.Form["to"] == "members"
            ? desk.WithTextAsync(id, ("text", IncidentActs.LongestText), desk.Acts.NoteAsync, "noted")
            : desk.WithTextAsync(id, ("text", IncidentActs.LongestText), desk.Acts.SayAsync, "said");
}
