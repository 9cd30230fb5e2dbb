using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.SignIn;

/// <summary>The link that was shown at the first start.</summary>
internal static class OwnerEndpoints
{
    public static void MapOwnerLink(this RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-in/owner", OpenAsync);
        pages.MapPost("/sign-in/owner", ConfirmAsync);
    }

    private static async Task<IResult> OpenAsync(HttpContext http, string? token, LinkDesk links, PageRenderer pages)
    {
        var link = await links.LookAsync(token, browser: null, Visitor.Of(http), http.RequestAborted);
        return link is { IsOwnerLink: true }
            ? await pages.ShowAsync<OwnerPage>(new OwnerView(http.GroundOf(), token!, null))
            : await pages.ShowAsync<RefusedPage>(
                new RefusedView(
                    http.GroundOf(),
                    "This link is no longer good",
                    "It was used, or a later start of AliveMCP has shown a newer one. Once this install has an owner there is none."
                ),
                StatusCodes.Status404NotFound
            );
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext http,
        OwnerLink link,
        SessionDesk sessions,
        PageRenderer pages
    )
    {
        var form = http.Request.Form;
        var (token, email) = (form["token"].ToString(), form["email"].ToString());
        var acting = http.SignedIn().Person?.PersonId;
        var entered = await link.EnterAsync(token, email, acting, Visitor.Of(http), http.RequestAborted);
        if (entered.TryGet(out var person))
        {
            return await http.BeginAsync(sessions, person, "owner_link");
        }

        return entered.Problems[0].Field == "email"
            ? await pages.ShowAsync<OwnerPage>(
                new OwnerView(http.GroundOf(entered.Problems), token, email),
                PageGround.StatusOf(entered.Problems)
            )
            : await EnteringPages.RefuseAsync(http, pages, entered.Problems);
    }
}
