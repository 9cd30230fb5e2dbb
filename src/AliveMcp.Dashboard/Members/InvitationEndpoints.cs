using AliveMcp.Dashboard.Pages;
using AliveMcp.Dashboard.SignIn;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Members;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Members;

/// <summary>Where the link of an invitation leads.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitation(this RouteGroupBuilder pages)
    {
        pages.MapGet("/invitation", OpenAsync);
        pages.MapPost("/invitation", AcceptAsync);
        pages.MapPost("/invitation/enter", EnterAsync);
    }

    private static async Task<IResult> OpenAsync(
        HttpContext http,
        string? token,
        InvitationDoor door,
        PageRenderer pages
    )
    {
        var open = await door.LookAsync(token, Visitor.Of(http), http.RequestAborted);
        return open is null
            ? await GoneAsync(http, pages)
            : await pages.ShowAsync<InvitationPage>(
                new InvitationView(http.GroundOf() with { Tenant = null }, token!, open)
            );
    }

    private static async Task<IResult> AcceptAsync(
        HttpContext http,
        InvitationDoor door,
        ActorScope actor,
        PageRenderer pages
    )
    {
        if (http.SignedIn().Session is not { } session)
        {
            return http.Go("/sign-in");
        }

        var accepted = await door.AcceptAsync(
            session.Person,
            http.Request.Form["token"],
            (Visitor.Of(http), actor.Actor),
            http.RequestAborted
        );
        return accepted.TryGet(out var joined)
            ? http.Go($"/t/{joined.TenantSlug}/members", "joined")
            : await EnteringPages.RefuseAsync(http, pages, accepted.Problems);
    }

    /// <summary>An account first, with a session; joining is the next form's, in the person's own name.</summary>
    private static async Task<IResult> EnterAsync(
        HttpContext http,
        InvitationDoor door,
        SessionDesk sessions,
        PageRenderer pages
    )
    {
        var token = http.Request.Form["token"].ToString();
        var person = await door.EnterAsync(token, Visitor.Of(http), http.RequestAborted);
        return person is { } entered
            ? await http.BeginAsync(
                sessions,
                new EnteredPerson(entered, $"/invitation?token={Uri.EscapeDataString(token)}"),
                "invitation"
            )
            : await GoneAsync(http, pages);
    }

    private static Task<IResult> GoneAsync(HttpContext http, PageRenderer pages) =>
        pages.ShowAsync<RefusedPage>(
            new RefusedView(
                http.GroundOf() with
                {
                    Tenant = null,
                },
                "This invitation is no longer good",
                "It was taken up or back, it is older than 7 days, or a newer one was sent. Ask for another one."
            ),
            StatusCodes.Status404NotFound
        );
}
