using AliveMcp.Alerting.Incidents;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Servers.Alerts;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Servers;

/// <summary>One server of a tenant: what lasts, and what its owner wants to hear.</summary>
internal static class ServerEndpoints
{
    private const int Shown = 20;

    public static void MapServerPages(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/servers/{slug}", ShowAsync).RequireAuthorization(Can.ReadServers);
        tenant.MapPost("/servers/{slug}/alerts", ChangeAsync).RequireAuthorization(Can.WriteServers);
    }

    private static async Task<IResult> ShowAsync(string slug, ServerAlerts alerts, [AsParameters] ServerDesk desk) =>
        await alerts.FindAsync(slug, desk.Http.RequestAborted) is { } server
            ? await desk.PageAsync(server, AlertDraft.Of(server), [])
            : Results.NotFound();

    private static async Task<IResult> ChangeAsync(string slug, ServerAlerts alerts, [AsParameters] ServerDesk desk)
    {
        if (await alerts.FindAsync(slug, desk.Http.RequestAborted) is not { } server)
        {
            return Results.NotFound();
        }

        var form = desk.Http.Request.Form;
        var draft = AlertDraft.Of(form);
        var changed = await alerts.ChangeAsync(
            slug,
            FormBody.Of(draft.ToBody(server)),
            Precondition.Of(form["etag"].ToString()),
            desk.Http.RequestAborted
        );
        return changed.TryGet(out _)
            ? desk.Http.Go(desk.Http.GroundOf().At($"servers/{slug}"), "alerts_changed")
            : await desk.PageAsync(server, draft, changed.Problems);
    }

    /// <summary>What the page needs besides the server.</summary>
    internal sealed record ServerDesk(
        HttpContext Http,
        IncidentQueries Incidents,
        ServerQueries Servers,
        TimeProvider Clock,
        PageRenderer Pages
    )
    {
        public async Task<IResult> PageAsync(OwnAlerts server, AlertDraft draft, IReadOnlyList<Problem> problems)
        {
            var ground = Http.GroundOf([
                .. problems.Where(problem => !IsStale(problem)).Select(problem => problem.Beside(FieldOf(problem))),
            ]);
            var open =
                ground.May(Can.ReadAlerts) && await Servers.ResolveOwnAsync(server.Slug, Http.RequestAborted) is { } key
                    ? await Incidents.PageAsync(
                        new IncidentAsk(IsResolved: false, Kind: null, key.Server, long.MaxValue, Shown),
                        Http.RequestAborted
                    )
                    : [];
            var view = new ServerView(ground, server, draft, open, Clock.GetUtcNow())
            {
                IsOvertaken = problems.Any(IsStale),
            };
            return await Pages.ShowAsync<ServerPage>(view, PageGround.StatusOf(problems));
        }

        private static bool IsStale(Problem problem) => problem.Code.EndsWith("stale", StringComparison.Ordinal);

        private static string? FieldOf(Problem problem) =>
            problem.Code is "confirm_invalid" ? "confirm"
            : problem.Code is "recover_invalid" ? "recover"
            : null;
    }
}
