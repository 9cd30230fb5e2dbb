using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Dashboard.SignIn;

/// <summary>What all ways in have in common: the session and its cookie at the end, or a page that says why not.</summary>
internal static class EnteringPages
{
    /// <summary>The browser's own secret; made now for one that has none.</summary>
    public static string BrowserSecret(this HttpContext http) =>
        http.RequestServices.GetRequiredService<WebCookies>().BrowserOf(http);

    /// <summary>Begins a session. One that this browser had before ends: nobody stays signed in behind another one's back.</summary>
    public static async Task<IResult> BeginAsync(
        this HttpContext http,
        SessionDesk sessions,
        EnteredPerson entered,
        string method
    )
    {
        if ((http.SignedIn().Session ?? http.SignedIn().Waiting) is { } before)
        {
            await sessions.RevokeAsync(before.Person, before.SessionId, http.RequestAborted);
        }

        var session = await sessions.BeginAsync(entered.Person, method, Visitor.Of(http), http.RequestAborted);
        http.RequestServices.GetRequiredService<WebCookies>().GiveSession(http, session.Token);
        return http.Go(
            session.AwaitsCode
                ? $"/sign-in/code?next={Uri.EscapeDataString(entered.NextPath)}"
                : NextPath.Of(entered.NextPath)
        );
    }

    public static Task<IResult> RefuseAsync(HttpContext http, PageRenderer pages, IReadOnlyList<Problem> problems) =>
        pages.ShowAsync<RefusedPage>(
            new RefusedView(http.GroundOf(), "That did not work", problems[0].Message),
            PageGround.StatusOf(problems)
        );
}
