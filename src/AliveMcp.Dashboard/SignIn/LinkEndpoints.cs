using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Providers;
using AliveMcp.Tenancy.SignIn.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.SignIn;

/// <summary>Sign-in by a link: asked for, opened, confirmed by a form, so that whoever only opens links uses none up.</summary>
internal static class LinkEndpoints
{
    public static void MapLinks(this RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-in", ShowAsync);
        pages.MapPost("/sign-in", AskAsync);
        pages.MapGet("/sign-in/sent", SentAsync);
        pages.MapGet("/sign-in/confirm", OpenAsync);
        pages.MapPost("/sign-in/confirm", ConfirmAsync);
        pages.MapPost("/sign-out", SignOutAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        string? next,
        ProviderDesk providers,
        WebOrigin origin,
        PageRenderer pages
    )
    {
        var path = NextPath.Of(next);
        if (http.SignedIn().Session is not null)
        {
            return http.Go(path);
        }

        return origin.Of(http.Request) is null
            ? await RefuseOriginAsync(http, pages)
            : await pages.ShowAsync<SignInPage>(new SignInView(http.GroundOf(), null, path, providers.Offered));
    }

    /// <summary>The answer is the same for every address, known or not.</summary>
    private static async Task<IResult> AskAsync(
        HttpContext http,
        LinkDesk links,
        ProviderDesk providers,
        WebOrigin origin,
        PageRenderer pages
    )
    {
        if (origin.Of(http.Request) is not { } here)
        {
            return await RefuseOriginAsync(http, pages);
        }

        var form = http.Request.Form;
        var (email, path) = (form["email"].ToString(), NextPath.Of(form["next"]));
        var browser = http.BrowserSecret();
        var problem = await links.AskAsync(email, (browser, path), here, Visitor.Of(http), http.RequestAborted);
        return problem is null
            ? http.Go("/sign-in/sent")
            : await pages.ShowAsync<SignInPage>(
                new SignInView(http.GroundOf(problem), email, path, providers.Offered),
                PageGround.StatusOf([problem])
            );
    }

    private static Task<IResult> SentAsync(HttpContext http, PageRenderer pages) =>
        pages.ShowAsync<SentPage>(new PlainView(http.GroundOf()));

    private static async Task<IResult> OpenAsync(
        HttpContext http,
        string? token,
        LinkDesk links,
        WebCookies cookies,
        PageRenderer pages
    )
    {
        var link = await links.LookAsync(
            token,
            cookies.KnownBrowser(http.Request),
            Visitor.Of(http),
            http.RequestAborted
        );
        return link is { IsOwnerLink: false, Email: { } email }
            ? await pages.ShowAsync<ConfirmPage>(new ConfirmView(http.GroundOf(), token!, email, link.IsThisBrowser))
            : await GoneAsync(http, pages);
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext http,
        LinkDesk links,
        SessionDesk sessions,
        PageRenderer pages
    )
    {
        var visitor = Visitor.Of(http);
        var entered = await links.EnterAsync(http.Request.Form["token"], visitor, http.RequestAborted);
        return entered.TryGet(out var person)
            ? await http.BeginAsync(sessions, person, "link")
            : await EnteringPages.RefuseAsync(http, pages, entered.Problems);
    }

    /// <summary>Signing out ends the session itself, not only the cookie.</summary>
    private static async Task<IResult> SignOutAsync(HttpContext http, SessionDesk sessions, WebCookies cookies)
    {
        if (http.SignedIn().Session is { } session)
        {
            await sessions.RevokeAsync(session.Person, session.SessionId, http.RequestAborted);
        }

        cookies.TakeSession(http);
        return http.Go("/sign-in", "signed_out");
    }

    private static Task<IResult> GoneAsync(HttpContext http, PageRenderer pages) =>
        pages.ShowAsync<RefusedPage>(
            new RefusedView(
                http.GroundOf(),
                "This link is no longer good",
                "It was used, it is older than 15 minutes, or it was cut short on its way. Ask for a new one."
            ),
            StatusCodes.Status404NotFound
        );

    private static Task<IResult> RefuseOriginAsync(HttpContext http, PageRenderer pages) =>
        pages.ShowAsync<RefusedPage>(
            new RefusedView(
                http.GroundOf(),
                "Not over this connection",
                "Signing in needs https, or this machine's own address (http://127.0.0.1). Who runs this install sets its address: SignIn__PublicUrl."
            ),
            StatusCodes.Status400BadRequest
        );
}
