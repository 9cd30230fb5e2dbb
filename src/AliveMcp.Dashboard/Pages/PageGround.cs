using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Dashboard.Pages;

/// <summary>Reads off a request what every page needs, and answers with pages and redirects.</summary>
internal static class PageGround
{
    private static readonly Dictionary<string, string> Notices = new(StringComparer.Ordinal)
    {
        ["signed_out"] = "You are signed out.",
        ["name"] = "Your name is saved.",
        ["session_ended"] = "That session has ended.",
        ["sessions_ended"] = "All other sessions have ended.",
        ["code_off"] = "Signing in no longer asks for a code.",
        ["role"] = "The role is changed.",
        ["removed"] = "The member is removed.",
        ["left"] = "You have left.",
        ["invited"] = "The invitation is on its way.",
        ["uninvited"] = "The invitation is taken back.",
        ["joined"] = "Welcome. You have joined.",
        ["revoked"] = "The key is revoked and opens nothing any more.",
        ["made"] = "Your tenant is ready.",
        ["acknowledged"] = "Acknowledged. Nobody else is called.",
        ["said"] = "Said, to everybody who may see the server.",
        ["noted"] = "Written down, for members alone.",
        ["excluded"] = "It no longer counts against what is promised.",
        ["included"] = "It counts again.",
        ["resolved"] = "It is over, and those who were told hear of it.",
        ["opened"] = "The incident is open, and your rules tell of it.",
        ["sink_made"] = "The sink is made. A code is on its way there.",
        ["verified"] = "The sink is proven. Alerts may go there now.",
        ["sink_changed"] = "The sink is changed.",
        ["sink_removed"] = "The sink is removed, with its secret and its log.",
        ["asked"] = "Another code is on its way there. Until it is given, nothing else is sent.",
        ["tested"] = "A test is on its way. The log below tells what came of it.",
        ["redelivered"] = "It is on its way once more.",
        ["rule_made"] = "The rule is made and holds from now on.",
        ["rule_changed"] = "The rule is changed.",
        ["rule_removed"] = "The rule is removed. What it has sent stays in the log.",
        ["planned"] = "The maintenance is planned.",
        ["cancelled"] = "The maintenance is taken back.",
        ["alerts_changed"] = "The alerts of this server are changed.",
    };

    public static Ground GroundOf(this HttpContext http, params IReadOnlyList<Problem> problems)
    {
        var signedIn = http.SignedIn();
        var cookies = http.RequestServices.GetRequiredService<WebCookies>();
        return new Ground
        {
            FormToken = FormToken.Of(signedIn.FormSecret ?? cookies.BrowserOf(http)),
            Person = signedIn.Person,
            Tenant = signedIn.Tenant,
            OpenIncidents = http.Items[OpenIncidentsFilter.Key] as int?,
            Problems = problems,
            Notice = problems.Count == 0 ? Notices.GetValueOrDefault(http.Request.Query["done"].ToString()) : null,
        };
    }

    public static SignedIn SignedIn(this HttpContext http) => http.RequestServices.GetRequiredService<SignedIn>();

    /// <summary>The session of a route that only people reach.</summary>
    public static OpenSession Session(this HttpContext http) =>
        http.SignedIn().Session ?? throw new InvalidOperationException("This route is for people who are signed in.");

    /// <summary>After a form: the browser asks for the page anew, so that reloading sends nothing twice.</summary>
    public static IResult Go(this HttpContext http, string path, string? done = null)
    {
        PageResult.Harden(http.Response);
        http.Response.Headers.Location = done is null
            ? path
            : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={done}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>What a refused form answers with: the page of the form, and a status that says so.</summary>
    public static int StatusOf(IReadOnlyList<Problem> problems) =>
        problems.Count == 0 ? StatusCodes.Status200OK
        : problems.Any(problem => problem.Code.EndsWith("too_many", StringComparison.Ordinal))
            ? StatusCodes.Status429TooManyRequests
        : problems.Any(problem => problem.Code.EndsWith("forbidden", StringComparison.Ordinal))
            ? StatusCodes.Status403Forbidden
        : problems.Any(problem => problem.Code.EndsWith("not_found", StringComparison.Ordinal))
            ? StatusCodes.Status404NotFound
        : StatusCodes.Status422UnprocessableEntity;
}
