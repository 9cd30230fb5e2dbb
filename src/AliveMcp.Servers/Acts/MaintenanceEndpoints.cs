using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
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
        MaintenanceActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var done = await acts.PlanAsync(slug, json, cancellationToken);
        if (!done.TryGet(out var planned))
        {
            return done.Problems;
        }

        http.Response.Headers.Location = $"/api/v1/servers/{slug}/maintenance/{planned.Id}";
        return Results.Json(planned, ActsJson.Default.PlannedWindow, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<object> PlanWideAsync(
        MaintenanceActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var done = await acts.PlanWideAsync(json, cancellationToken);
        if (!done.TryGet(out var planned))
        {
            return done.Problems;
        }

        http.Response.Headers.Location = FormattableString.Invariant($"/api/v1/maintenance/{planned.Id}");
        return Results.Json(planned, ActsJson.Default.PlannedWindow, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<object> CancelAnyAsync(
        int id,
        MaintenanceActs acts,
        CancellationToken cancellationToken
    ) => await acts.CancelAsync(id, cancellationToken) is { } problem ? problem : Results.NoContent();

    private static async Task<object> CancelAsync(
        string slug,
        int id,
        MaintenanceActs acts,
        CancellationToken cancellationToken
    ) => await acts.CancelAsync(slug, id, cancellationToken) is { } problem ? problem : Results.NoContent();
}
