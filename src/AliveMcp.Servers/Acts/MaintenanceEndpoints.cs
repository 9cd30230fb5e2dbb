using System.Text.Json.Nodes;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Servers.Acts;

internal static class MaintenanceEndpoints
{
    private const int LargestBody = 8 * 1024;
    private const int LargestPage = 1_000;

    public static void MapMaintenance(this RouteGroupBuilder api)
    {
        api.MapGet("/maintenance", ListAsync)
            .WithTags("maintenance")
            .RequireAuthorization(Can.ReadServers)
            .WithName("list_maintenance")
            .WithSummary("The planned maintenance of all own servers, one by one and by tag, by number.")
            .Produces<WindowPage>();
        api.MapPost("/maintenance", PlanWideAsync)
            .WithTags("maintenance")
            .RequireAuthorization(Can.WriteServers)
            .WithName("plan_wide_maintenance")
            .WithSummary(
                "Plans a maintenance of all own servers with a tag, or of all: as they are when a minute is planned."
            )
            .Accepts<WideSettings>("application/json")
            .Produces<PlannedWindow>(StatusCodes.Status201Created);
        api.MapDelete("/maintenance/{id:int}", CancelAnyAsync)
            .WithTags("maintenance")
            .RequireAuthorization(Can.WriteServers)
            .WithName("cancel_any_maintenance")
            .WithSummary("Takes a planned maintenance back, of one server or of many, by its number.")
            .Produces(StatusCodes.Status204NoContent);
        var windows = api.MapGroup("/servers/{slug}/maintenance").WithTags("maintenance");
        windows
            .MapGet("/", ListOfServerAsync)
            .RequireAuthorization(Can.ReadServers)
            .WithName("list_server_maintenance")
            .WithSummary("The planned maintenance of an own server, by number.")
            .Produces<WindowPage>();
        windows
            .MapPost("/", PlanAsync)
            .RequireAuthorization(Can.WriteServers)
            .WithName("plan_maintenance")
            .WithSummary("Plans a maintenance: its minutes are looked at and kept, and left out of uptime.")
            .Accepts<WindowSettings>("application/json")
            .Produces<PlannedWindow>(StatusCodes.Status201Created);
        windows
            .MapDelete("/{id:int}", CancelAsync)
            .RequireAuthorization(Can.WriteServers)
            .WithName("cancel_maintenance")
            .WithSummary("Takes a planned maintenance back.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(
        MaintenanceQueries queries,
        CancellationToken cancellationToken,
        int after = 0,
        int take = 100
    ) => await PageAsync(queries, slug: null, after, take, cancellationToken);

    private static async Task<object> ListOfServerAsync(
        string slug,
        OwnServers own,
        MaintenanceQueries queries,
        CancellationToken cancellationToken,
        int after = 0,
        int take = 100
    ) =>
        await own.FindAsync(slug, cancellationToken) is null
            ? ServerProblems.NotFound(slug)
            : await PageAsync(queries, slug, after, take, cancellationToken);

    private static async Task<IResult> PageAsync(
        MaintenanceQueries queries,
        string? slug,
        int after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var size = Math.Clamp(take, 1, LargestPage);
        var page = await queries.PageAsync(slug, after, size, cancellationToken);
        var next = page.Count == size ? page[^1].Id : (int?)null;
        return Results.Json(new WindowPage(page, next), ActsJson.Default.WindowPage);
    }

    private static async Task<object> PlanAsync(
        string slug,
        ServerActs acts,
        MaintenanceQueries queries,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        List<Problem> problems = [];
        if (MaintenanceReader.ReadBody(JsonComposer.Compose(json), problems) is not { } span || problems.Count > 0)
        {
            return problems;
        }

        var window = WindowSettings.Of(span);
        var changed = await acts.ChangeAsync(slug, Add, Precondition.Any, cancellationToken);
        if (!changed.TryGet(out _))
        {
            return changed.Problems;
        }

        var planned = (await queries.PageAsync(slug, 0, LargestPage, cancellationToken)).Last(row =>
            (row.From, row.To, row.Note, row.Rrule, row.Zone)
            == (window.From, window.To, window.Note, window.Rrule, window.Zone)
        );
        http.Response.Headers.Location = $"/api/v1/servers/{slug}/maintenance/{planned.Id}";
        return Results.Json(planned, ActsJson.Default.PlannedWindow, statusCode: StatusCodes.Status201Created);

        JsonObject Add(JsonObject settings)
        {
            var windows = settings["maintenance"] as JsonArray ?? [];
            settings.Remove("maintenance");
            windows.Add(
                new JsonObject
                {
                    ["from"] = window.From,
                    ["to"] = window.To,
                    ["note"] = window.Note,
                    ["rrule"] = window.Rrule,
                    ["zone"] = window.Zone,
                }
            );
            settings["maintenance"] = windows;
            return settings;
        }
    }

    private static async Task<object> PlanWideAsync(
        WideMaintenance windows,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        List<Problem> problems = [];
        if (WideWindowReader.ReadBody(JsonComposer.Compose(json), problems) is not { } wide)
        {
            return problems;
        }

        var planned = await windows.PlanAsync(wide, cancellationToken);
        if (!planned.TryGet(out var id))
        {
            return planned.Problems;
        }

        http.Response.Headers.Location = FormattableString.Invariant($"/api/v1/maintenance/{id}");
        return Results.Json(
            PlannedWindow.Of(id, wide),
            ActsJson.Default.PlannedWindow,
            statusCode: StatusCodes.Status201Created
        );
    }

    private static async Task<object> CancelAnyAsync(
        int id,
        ServerActs acts,
        MaintenanceQueries queries,
        WideMaintenance windows,
        CancellationToken cancellationToken
    ) =>
        await queries.FindAsync(slug: null, id, cancellationToken) is { Server: { } slug }
            ? await CancelAsync(slug, id, acts, queries, cancellationToken)
        : await windows.CancelAsync(id, cancellationToken) ? Results.NoContent()
        : WideProblems.NoWindow(id);

    private static async Task<object> CancelAsync(
        string slug,
        int id,
        ServerActs acts,
        MaintenanceQueries queries,
        CancellationToken cancellationToken
    )
    {
        if (await queries.FindAsync(slug, id, cancellationToken) is not { } planned)
        {
            return ServerProblems.NoWindow(slug, id);
        }

        var changed = await acts.ChangeAsync(slug, Remove, Precondition.Any, cancellationToken);
        return changed.TryGet(out _) ? Results.NoContent() : changed.Problems;

        JsonObject Remove(JsonObject settings)
        {
            var windows = settings["maintenance"] as JsonArray ?? [];
            var unwanted = windows.FirstOrDefault(row =>
                (string?)row!["from"] == planned.From
                && (string?)row["to"] == planned.To
                && (string?)row["note"] == planned.Note
                && (string?)row["rrule"] == planned.Rrule
                && (string?)row["zone"] == planned.Zone
            );
            windows.Remove(unwanted);
            return settings;
        }
    }
}
