using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using AliveMcp.Storage.Postgres;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>Recognises <c>Authorization: Bearer amcp_live_…</c> and lets the request act for the key's tenant.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "api_key";
    public const string ScopeClaim = "scope";
    public const string TenantClaim = "tenant";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        var text = header.Count == 1 ? header[0] : null;
        var desk = Context.RequestServices.GetRequiredService<ApiKeyDesk>();
        var key =
            text is not null && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? await desk.RecogniseAsync(text[Bearer.Length..].Trim(), Context.RequestAborted)
                : null;
        if (key is null)
        {
            return AuthenticateResult.Fail("The token is not good.");
        }

        Context.RequestServices.GetRequiredService<TenantScope>().Act(key.Tenant);
        await desk.NoteUseAsync(key.ApiKeyId, Context.RequestAborted);
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(key), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var problem = Request.Headers.Authorization.Count == 0 ? ApiKeyProblems.Missing : ApiKeyProblems.Refused;
        Response.Headers[HeaderNames.WWWAuthenticate] =
            problem == ApiKeyProblems.Missing
                ? "Bearer realm=\"AliveMCP\""
                : "Bearer realm=\"AliveMCP\", error=\"invalid_token\"";
        return Refusal.Of(StatusCodes.Status401Unauthorized, problem).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Refusal.Of(StatusCodes.Status403Forbidden, ApiKeyProblems.NotEnough).ExecuteAsync(Context);

    private static ClaimsPrincipal PrincipalOf(RecognisedKey key)
    {
        var claims = key
            .Scopes.Select(scope => new Claim(ScopeClaim, scope))
            .Append(new Claim(TenantClaim, key.Tenant.ToString()))
            .Append(new Claim(ClaimTypes.NameIdentifier, key.ApiKeyId.ToString(CultureInfo.InvariantCulture)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
    }
}
