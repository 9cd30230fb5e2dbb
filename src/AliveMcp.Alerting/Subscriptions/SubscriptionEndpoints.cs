using System.Text.Json;
using AliveMcp.Alerting.Doors;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>Subscribing by program, the owner's count, and where the links of letters lead.</summary>
internal static class SubscriptionEndpoints
{
    public const string ConfirmPath = "/alerts/subscriptions/confirm/";
    public const string StopPath = "/alerts/subscriptions/stop/";
    private const int LargestBody = 8 * 1024;

    public static void MapSubscriptionEndpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/status/{slug}/subscriptions", AskAsync)
            .WithTags("alerts")
            .RefusingBadTokens()
            .WithName("subscribe_to_server")
            .WithSummary("Asks to hear of a public server's trouble, by email or by webhook. Needs no key.")
            .WithDescription(
                "Nothing comes before the place itself says yes: by a button behind a link in one letter, or by saying a challenge back. "
                    + "The answer is the same whether the place is known or not."
            )
            .Accepts<SubscriptionBody>("application/json")
            .Produces<AskedSubscription>(StatusCodes.Status202Accepted);
        api.MapGet("/servers/{slug}/subscribers", CountAsync)
            .WithTags("alerts")
            .RequireAuthorization(Can.ReadAlerts)
            .WithName("count_subscribers")
            .WithSummary("How many visitors hear of an own server's trouble. Who they are is told to nobody.")
            .Produces<SubscriberCount>();
    }

    /// <summary>Without a limit of their own: mail providers press the one-click button for thousands of readers from one address, and links cannot be guessed.</summary>
    public static void MapSubscriptionDoors(this IEndpointRouteBuilder routes)
    {
        var doors = routes.MapGroup("/alerts/subscriptions").AllowAnonymous().ExcludeFromDescription();
        doors.MapGet("/confirm/{token}", LookAsync);
        doors.MapPost("/confirm/{token}", ConfirmAsync).DisableAntiforgery();
        doors.MapGet("/stop/{token}", ShowStopAsync);
        doors.MapPost("/stop/{token}", StopAsync).DisableAntiforgery();
    }

    private static async Task<object> AskAsync(
        string slug,
        Listings listings,
        SubscriptionDesk desk,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var read = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!read.TryGet(out var json))
        {
            return read.Problems;
        }

        var fields = new BodyFields(json, "email", "webhook");
        var (email, webhook) = (fields.Text("email", 254), fields.Text("webhook", 2_000));
        if (fields.Problems.Count > 0)
        {
            return fields.Problems;
        }

        var wished = desk.Read(email, webhook);
        if (!wished.TryGet(out var wish))
        {
            return wished.Problems;
        }

        if (await listings.FindAsync(slug, cancellationToken) is not { } server)
        {
            return SubscriptionProblems.NoServer;
        }

        var network = Visitor.Of(http).Network;
        return await desk.AskAsync(server, wish, network, cancellationToken) is { } problem
            ? problem
            : Results.Json(AskedSubscription.Of(wish), JsonSerializerOptions.Web, statusCode: 202);
    }

    private static async Task<object> CountAsync(
        string slug,
        ServerQueries servers,
        SubscriptionQueries subscriptions,
        CancellationToken cancellationToken
    ) =>
        await servers.ResolveOwnAsync(slug, cancellationToken) is { } server
            ? Results.Json(await subscriptions.CountAsync(server, cancellationToken), JsonSerializerOptions.Web)
            : IncidentProblems.NoServer(slug);

    private static async Task<IResult> LookAsync(
        string token,
        SubscriptionDoor door,
        CancellationToken cancellationToken
    ) =>
        await door.LookAsync(token, cancellationToken) is { } server
            ? AlertPage.Show(
                $"Hear of trouble with {NameOf(server)}?",
                "You get a letter when trouble has lasted for three minutes, when its owners say something new, and when it is over. Every letter has a link that stops them and forgets your address.",
                "Yes, tell me"
            )
            : Gone();

    private static async Task<IResult> ConfirmAsync(
        string token,
        SubscriptionDoor door,
        CancellationToken cancellationToken
    ) =>
        await door.ConfirmAsync(token, cancellationToken) is { } server
            ? AlertPage.Show(
                "Thank you",
                $"You hear of trouble with {NameOf(server)} from now on. Every letter has a link that stops them and forgets your address."
            )
            : Gone();

    private static async Task<IResult> ShowStopAsync(
        string token,
        SubscriptionDoor door,
        CancellationToken cancellationToken
    ) =>
        await door.StopsAsync(token, cancellationToken)
            ? AlertPage.Show(
                "No more messages?",
                "Nothing more is sent to you about this server, and where it was sent to is forgotten.",
                "Stop them"
            )
            : Gone();

    /// <summary>The same whether there was something to stop or not: a button that is pressed twice did what it says.</summary>
    private static async Task<IResult> StopAsync(
        string token,
        SubscriptionDoor door,
        CancellationToken cancellationToken
    )
    {
        await door.StopAsync(token, cancellationToken);
        return AlertPage.Show(
            "Stopped",
            "Nothing more is sent to you about this server, and where it was sent to is forgotten."
        );
    }

    private static string NameOf(ListedServer server) => SafeText.Of(server.Name, 120);

    private static IResult Gone() =>
        AlertPage.Show(
            "This link is no longer good",
            "It was used, it is too old, or it was cut short on its way. The status page takes your address again.",
            button: null,
            StatusCodes.Status404NotFound
        );
}

/// <summary>For the API's description: exactly one of both.</summary>
internal sealed record SubscriptionBody(string? Email = null, string? Webhook = null);

/// <summary>A wish was taken, whether or not it was known.</summary>
/// <param name="State">Always <c>asked</c>.</param>
/// <param name="Detail">What comes next, in words.</param>
internal sealed record AskedSubscription(string State, string Detail)
{
    public static AskedSubscription Of(SubscriptionWish wish) => new("asked", wish.Next);
}
