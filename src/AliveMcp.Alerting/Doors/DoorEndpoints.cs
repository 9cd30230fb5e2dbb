using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Sinks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Alerting.Doors;

/// <summary>Where links in messages lead. Opening one shows what it would do; a button does it, so that whatever looks at links uses none up.</summary>
internal static class DoorEndpoints
{
    public static void MapDoors(this IEndpointRouteBuilder routes)
    {
        var doors = routes
            .MapGroup("/alerts")
            .AddEndpointFilter<RouteGroupBuilder, LinkLimit>()
            .AllowAnonymous()
            .ExcludeFromDescription();
        doors.MapGet("/acknowledge/{link}", LookAsync);
        doors.MapPost("/acknowledge/{link}", AcknowledgeAsync).DisableAntiforgery();
        doors.MapGet("/confirm/{link}", ShowConfirm);
        doors.MapPost("/confirm/{link}", ConfirmAsync).DisableAntiforgery();
        doors.MapGet("/stop/{link}", ShowStopAsync);
        doors.MapPost("/stop/{link}", StopAsync).DisableAntiforgery();
    }

    private static async Task<IResult> LookAsync(string link, SinkDoor door, CancellationToken cancellationToken) =>
        TenantLink.Of(link, parts: 2) is { } read
        && await door.LookAsync(read.Tenant, read.Token, cancellationToken) is { } incident
            ? AlertPage.Show(
                "Look after this incident?",
                $"You acknowledge incident {incident}: everybody sees that somebody looks after it, and nobody else is called.",
                "Acknowledge"
            )
            : Gone();

    private static async Task<IResult> AcknowledgeAsync(
        string link,
        SinkDoor door,
        IncidentActs incidents,
        CancellationToken cancellationToken
    ) =>
        TenantLink.Of(link, parts: 2) is { } read
        && await door.AcknowledgeAsync(read.Tenant, read.Token, incidents, cancellationToken)
            ? AlertPage.Show("Acknowledged", "Nobody else is called. You hear when it is over.")
            : Gone();

    /// <summary>Says nothing of whether the code is good: five tries are all there are, and opening is none of them.</summary>
    private static IResult ShowConfirm(string link) =>
        TenantLink.Of(link, parts: 3) is null
            ? Gone()
            : AlertPage.Show(
                "Alerts at this address?",
                "Somebody who uses AliveMCP wants alerts about servers sent to your address. Every mail has a link that stops them.",
                "Yes, send them"
            );

    private static async Task<IResult> ConfirmAsync(
        string link,
        SinkDoor door,
        SinkProofs proofs,
        CancellationToken cancellationToken
    ) =>
        TenantLink.Of(link, parts: 3) is { } read
        && await door.ConfirmAsync(read.Tenant, read.Sink, read.Token, proofs, cancellationToken)
            ? AlertPage.Show(
                "Thank you",
                "Alerts are sent to this address from now on. Every mail has a link that stops them."
            )
            : Gone();

    private static async Task<IResult> ShowStopAsync(string link, SinkDoor door, CancellationToken cancellationToken) =>
        TenantLink.Of(link, parts: 3) is { } read
        && await door.StopAsync(read.Tenant, read.Sink, read.Token, isMeant: false, cancellationToken)
            ? AlertPage.Show("No more mails?", "Alerts are no longer sent to this address.", "Stop them")
            : Gone();

    private static async Task<IResult> StopAsync(string link, SinkDoor door, CancellationToken cancellationToken) =>
        TenantLink.Of(link, parts: 3) is { } read
        && await door.StopAsync(read.Tenant, read.Sink, read.Token, isMeant: true, cancellationToken)
            ? AlertPage.Show("Stopped", "No more alerts are sent to this address.")
            : Gone();

    private static IResult Gone() =>
        AlertPage.Show(
            "This link is no longer good",
            "It was used, it is too old, or it was cut short on its way.",
            button: null,
            StatusCodes.Status404NotFound
        );
}
