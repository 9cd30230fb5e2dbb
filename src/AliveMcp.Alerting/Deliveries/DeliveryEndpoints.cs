using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Alerting.Deliveries;

internal static class DeliveryEndpoints
{
    private const int LargestPage = 1_000;
    private static readonly string[] States = ["waiting", "sent", "dead", "dropped"];

    public static void MapDeliveryLog(this RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("alerts");
        deliveries
            .MapGet("/", ListAsync)
            .RequireAuthorization(Can.ReadAlerts)
            .WithName("list_deliveries")
            .WithSummary("What was sent to the tenant's sinks and what came of it, the newest first.")
            .WithDescription("dead: it was tried for six hours, or refused; dropped: nobody needed it any more.")
            .Produces<DeliveryPage>();
        deliveries
            .MapGet("/{id:long}", FindAsync)
            .RequireAuthorization(Can.ReadAlerts)
            .WithName("get_delivery")
            .WithSummary("One message to one sink.")
            .Produces<SeenDelivery>();
        deliveries
            .MapPost("/{id:long}/redeliver", RepeatAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .WithName("redeliver")
            .WithSummary("Sends a message once more, under the same id.")
            .Produces<SeenDelivery>(StatusCodes.Status202Accepted);
    }

    private static async Task<object> ListAsync(
        DeliveryQueries queries,
        HttpContext http,
        CancellationToken cancellationToken,
        long before = long.MaxValue,
        int take = 100,
        int? sink = null,
        long? incident = null
    )
    {
        // Read here and not bound: an empty one asks nothing.
        var state = http.Request.Query["state"].ToString() is { Length: > 0 } word ? word : null;
        if (state is not null && !States.Contains(state, StringComparer.Ordinal))
        {
            return DeliveryProblems.NoState;
        }

        var filter = new DeliveryFilter
        {
            Before = before,
            Take = Math.Clamp(take, 1, LargestPage),
            Sink = sink,
            Incident = incident,
            State = state,
        };
        var page = await queries.PageAsync(filter, cancellationToken);
        var next = page.Count == filter.Take ? page[^1].Id : (long?)null;
        return Results.Json(new DeliveryPage(page, next), DeliveryJson.Default.DeliveryPage);
    }

    private static async Task<object> FindAsync(
        long id,
        DeliveryQueries queries,
        CancellationToken cancellationToken
    ) =>
        await queries.FindAsync(id, cancellationToken) is { } delivery
            ? Results.Json(delivery, DeliveryJson.Default.SeenDelivery)
            : DeliveryProblems.NotFound(id);

    private static async Task<object> RepeatAsync(
        long id,
        Redelivery redelivery,
        DeliveryQueries queries,
        CancellationToken cancellationToken
    )
    {
        if (await redelivery.AskAsync(id, cancellationToken) is { } problem)
        {
            return problem;
        }

        var delivery = (await queries.FindAsync(id, cancellationToken))!;
        return Results.Json(delivery, DeliveryJson.Default.SeenDelivery, statusCode: StatusCodes.Status202Accepted);
    }
}
