using System.Globalization;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.SignIn.Codes;
using AliveMcp.Tenancy.SignIn.People;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Account;

/// <summary>The person's own: name, sessions, second factor.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this RouteGroupBuilder pages)
    {
        pages.MapGet("/account", ShowAsync);
        pages.MapPost("/account/name", RenameAsync);
        pages.MapPost("/account/sessions/end", EndAsync);
        pages.MapPost("/account/sessions/end-others", EndOthersAsync);
        pages.MapGet("/account/second-factor", EnrolAsync);
        pages.MapPost("/account/second-factor", TurnOnAsync);
        pages.MapPost("/account/second-factor/codes", RenewAsync);
        pages.MapPost("/account/second-factor/off", TurnOffAsync);
    }

    private static Task<IResult> ShowAsync(
        HttpContext http,
        SessionDesk sessions,
        CodeDesk codes,
        PageRenderer pages
    ) => PageAsync(http, sessions, codes, pages, []);

    private static async Task<IResult> PageAsync(
        HttpContext http,
        SessionDesk sessions,
        CodeDesk codes,
        PageRenderer pages,
        IReadOnlyList<Problem> problems
    )
    {
        var session = http.Session();
        var view = new AccountView(
            http.GroundOf(problems) with
            {
                Tenant = null,
            },
            await sessions.ListAsync(session.Person, http.RequestAborted),
            session.SessionId,
            await codes.OfAsync(session.Person, http.RequestAborted)
        );
        return await pages.ShowAsync<AccountPage>(view, PageGround.StatusOf(problems));
    }

    private static async Task<IResult> RenameAsync(
        HttpContext http,
        PersonDesk people,
        SessionDesk sessions,
        CodeDesk codes,
        PageRenderer pages
    )
    {
        var isDone = await people.RenameAsync(http.Session().Person, http.Request.Form["name"], http.RequestAborted);
        return isDone
            ? http.Go("/account", "name")
            : await PageAsync(
                http,
                sessions,
                codes,
                pages,
                [new Problem("name_invalid", "At most 80 characters that can be read.", "name")]
            );
    }

    private static async Task<IResult> EndAsync(HttpContext http, SessionDesk sessions)
    {
        if (
            long.TryParse(
                http.Request.Form["session"],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var sessionId
            )
        )
        {
            await sessions.RevokeAsync(http.Session().Person, sessionId, http.RequestAborted);
        }

        return http.Go("/account", "session_ended");
    }

    private static async Task<IResult> EndOthersAsync(HttpContext http, SessionDesk sessions)
    {
        var session = http.Session();
        await sessions.RevokeAllAsync(session.Person, session.SessionId, http.RequestAborted);
        return http.Go("/account", "sessions_ended");
    }

    private static async Task<IResult> EnrolAsync(HttpContext http, CodeDesk codes, PageRenderer pages) =>
        await EnrolPageAsync(http, codes, pages, []);

    private static async Task<IResult> EnrolPageAsync(
        HttpContext http,
        CodeDesk codes,
        PageRenderer pages,
        IReadOnlyList<Problem> problems
    )
    {
        var person = http.SignedIn().Person!;
        var enrolment = await codes.EnrolAsync(person.PersonId, person.Email, http.RequestAborted);
        var ground = http.GroundOf(problems) with { Tenant = null };
        return enrolment is null
            ? http.Go("/account")
            : await pages.ShowAsync<EnrolPage>(new EnrolView(ground, enrolment), PageGround.StatusOf(problems));
    }

    /// <summary>Whoever else is signed in as this person did not give the code: those sessions end, and this one gets another token.</summary>
    private static async Task<IResult> TurnOnAsync(
        HttpContext http,
        CodeDesk codes,
        SessionDesk sessions,
        WebCookies cookies,
        PageRenderer pages
    )
    {
        var session = http.Session();
        var turned = await codes.TurnOnAsync(session.Person, http.Request.Form["code"], http.RequestAborted);
        if (!turned.TryGet(out var kept))
        {
            return await EnrolPageAsync(http, codes, pages, turned.Problems);
        }

        await sessions.RevokeAllAsync(session.Person, session.SessionId, http.RequestAborted);
        var next = await sessions.RotateAsync(session, Visitor.Of(http), http.RequestAborted);
        cookies.GiveSession(http, next.Token);
        var ground = http.GroundOf() with { FormToken = FormToken.Of(next.Token), Tenant = null };
        return await pages.ShowAsync<RecoveryPage>(new RecoveryView(ground, kept));
    }

    private static async Task<IResult> RenewAsync(
        HttpContext http,
        CodeDesk codes,
        SessionDesk sessions,
        PageRenderer pages
    )
    {
        if (await CheckAsync(http, codes) is { } problem)
        {
            return await PageAsync(http, sessions, codes, pages, [problem]);
        }

        var kept = await codes.RenewCodesAsync(http.Session().Person, http.RequestAborted);
        return await pages.ShowAsync<RecoveryPage>(new RecoveryView(http.GroundOf() with { Tenant = null }, kept));
    }

    private static async Task<IResult> TurnOffAsync(
        HttpContext http,
        CodeDesk codes,
        SessionDesk sessions,
        WebCookies cookies,
        PageRenderer pages
    )
    {
        if (await CheckAsync(http, codes) is { } problem)
        {
            return await PageAsync(http, sessions, codes, pages, [problem]);
        }

        await codes.TurnOffAsync(http.Session().Person, http.RequestAborted);
        var next = await sessions.RotateAsync(http.Session(), Visitor.Of(http), http.RequestAborted);
        cookies.GiveSession(http, next.Token);
        return http.Go("/account", "code_off");
    }

    private static Task<Problem?> CheckAsync(HttpContext http, CodeDesk codes) =>
        codes.CheckAsync(http.Session().Person, http.Request.Form["code"], Visitor.Of(http), http.RequestAborted);
}
