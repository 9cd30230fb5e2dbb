using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Codes;
using AliveMcp.Tenancy.SignIn.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.SignIn;

/// <summary>The second factor at the door.</summary>
internal static class CodeEndpoints
{
    public static void MapCode(this RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-in/code", ShowAsync);
        pages.MapPost("/sign-in/code", CheckAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string? next, PageRenderer pages) =>
        http.SignedIn().Waiting is null
            ? http.Go(http.SignedIn().Session is null ? "/sign-in" : NextPath.Home)
            : await pages.ShowAsync<CodePage>(new CodeView(http.GroundOf(), NextPath.Of(next)));

    /// <summary>A good code puts another session in the place of the waiting one, under another token.</summary>
    private static async Task<IResult> CheckAsync(
        HttpContext http,
        CodeDesk codes,
        SessionDesk sessions,
        WebCookies cookies,
        PageRenderer pages
    )
    {
        if (http.SignedIn().Waiting is not { } waiting)
        {
            return http.Go("/sign-in");
        }

        var visitor = Visitor.Of(http);
        var path = NextPath.Of(http.Request.Form["next"]);
        var problem = await codes.CheckAsync(waiting.Person, http.Request.Form["code"], visitor, http.RequestAborted);
        if (problem is not null)
        {
            return await pages.ShowAsync<CodePage>(
                new CodeView(http.GroundOf(problem), path),
                PageGround.StatusOf([problem])
            );
        }

        var session = await sessions.RotateAsync(waiting, visitor, http.RequestAborted);
        cookies.GiveSession(http, session.Token);
        return http.Go(path);
    }
}
