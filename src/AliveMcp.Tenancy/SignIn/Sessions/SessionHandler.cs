using System.Security.Claims;
using System.Text.Encodings.Web;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>
/// Recognises the session's cookie. What changes something must come from a page of ours. A page names its tenant in its path, a program in
/// the header <c>AliveMCP-Tenant</c>; a tenant that is not the person's is not there for her.
/// </summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "session";
    public const string TenantHeader = "AliveMCP-Tenant";

    /// <summary>The part of a page's path that names the tenant.</summary>
    public const string TenantRoute = "tenant";

    private static readonly Problem CrossSite = new(
        "cross_site_forbidden",
        "A session acts only for pages of this site. A program sends 'Authorization: Bearer amcp_live_…' instead."
    );

    private static readonly Problem Ended = new(
        "session_ended",
        "The session has ended, or was never one. Sign in again."
    );

    private bool _isCrossSite;

    /// <summary>A person's browser wants a page; whatever else asks gets a problem.</summary>
    public static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var services = Context.RequestServices;
        if (services.GetRequiredService<WebCookies>().SessionOf(Request) is not { Length: > 0 } token)
        {
            return AuthenticateResult.NoResult();
        }

        _isCrossSite = IsChange(Request.Method) && !services.GetRequiredService<WebOrigin>().IsSameOrigin(Request);
        if (_isCrossSite)
        {
            return AuthenticateResult.Fail("Another site sent it.");
        }

        var visitor = Visitor.Of(Context);
        var stopped = Context.RequestAborted;
        var session = await services.GetRequiredService<SessionDesk>().RecogniseAsync(token, stopped);
        if (session is null or { AwaitsCode: true })
        {
            services.GetRequiredService<SignedIn>().Waiting = session;
            return AuthenticateResult.Fail("The session has ended, or awaits its code.");
        }

        return await services.GetRequiredService<SessionDoor>().EnterAsync(session, NamedTenant(), visitor, stopped)
            ? AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(session), Scheme.Name))
            : AuthenticateResult.Fail("There is nobody behind the session.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_isCrossSite)
        {
            return Refusal.Of(StatusCodes.Status403Forbidden, CrossSite).ExecuteAsync(Context);
        }

        if (!WantsPage(Request))
        {
            return Refusal.Of(StatusCodes.Status401Unauthorized, Ended).ExecuteAsync(Context);
        }

        var waits = Context.RequestServices.GetRequiredService<SignedIn>().Waiting is not null;
        var next = IsChange(Request.Method) ? "" : $"?next={Uri.EscapeDataString(Request.Path + Request.QueryString)}";
        Response.Headers.CacheControl = "no-store";
        Response.Redirect(waits ? "/sign-in/code" : "/sign-in" + next);
        return Task.CompletedTask;
    }

    /// <summary>A tenant that is another's looks exactly like one that does not exist.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var caller = Context.RequestServices.GetRequiredService<Caller>();
        if (!WantsPage(Request))
        {
            return Refusal
                .Of(StatusCodes.Status403Forbidden, PermissionProblems.Of(Context, caller))
                .ExecuteAsync(Context);
        }

        Response.StatusCode = caller.Tenant is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private string? NamedTenant() =>
        Request.RouteValues[TenantRoute] as string
        ?? (Request.Headers.TryGetValue(TenantHeader, out var named) ? named.ToString() : null);

    private static bool IsChange(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);

    private static ClaimsPrincipal PrincipalOf(OpenSession session) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, session.Person.ToString())], SchemeName));
}
