using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Collector.Looks;

internal static class LookEndpoints
{
    public static void MapLookEndpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/servers/{slug}/look", AskAsync)
            .RequireAuthorization(Can.WriteServers)
            .WithTags("looks")
            .Costs(5)
            .WithName("ask_look")
            .WithSummary("Has an own server looked at now, for the asker's eyes only: no minute hears of it.")
            .Produces<SeenLook>(StatusCodes.Status202Accepted);
        api.MapGet("/looks/{id}", ReadAsync)
            .RequireAuthorization(Can.ReadServers)
            .WithTags("looks")
            .WithName("get_look")
            .WithSummary("What a look of yours has seen.")
            .WithDescription("after: the last step you know; wait: 0 to 30 s for a further one.")
            .Produces<SeenLook>();
    }

    /// <summary>Has an own server looked at now, from one region, for the asker's eyes only: no minute hears of it. Read what it sees at the address that is answered.</summary>
    private static async Task<object> AskAsync(
        string slug,
        ServerQueries servers,
        TenantScope scope,
        LookNow looks,
        LiveLook live,
        CancellationToken cancellationToken,
        string? region = null
    )
    {
        if (
            await servers.ResolveAsync(slug, cancellationToken) is not { } server
            || scope.Tenant is not { } tenant
            || server.Tenant != tenant
        )
        {
            return LookProblems.NoServer(slug);
        }

        var asked = await looks.AskAsync(server, slug, region, cancellationToken);
        if (!asked.TryGet(out var look))
        {
            return asked.Problems;
        }

        var seen = await live.ReadAsync(look, tenant, 0, TimeSpan.Zero, cancellationToken);
        return seen is null
            ? LookProblems.NoLook
            : Results.Json(seen, SeenLookJson.Default.SeenLook, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>What a look of yours has seen. after: the last step you know; wait: 0 to 30 s for a further one.</summary>
    private static async Task<object> ReadAsync(
        string id,
        TenantScope scope,
        LiveLook live,
        CancellationToken cancellationToken,
        int after = 0,
        int wait = 0
    )
    {
        var patience = TimeSpan.FromSeconds(Math.Clamp(wait, 0, (int)LookTimes.LongPoll.TotalSeconds));
        return
            LookId.TryParse(id, out var look)
            && scope.Tenant is { } tenant
            && await live.ReadAsync(look, tenant, after, patience, cancellationToken) is { } seen
            ? Results.Json(seen, SeenLookJson.Default.SeenLook)
            : LookProblems.NoLook;
    }
}
