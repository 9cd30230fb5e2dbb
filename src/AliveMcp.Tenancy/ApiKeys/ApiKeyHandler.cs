using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>Recognises <c>Authorization: Bearer amcp_live_…</c> and lets the request act for the key's tenant.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "api_key";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        var desk = Context.RequestServices.GetRequiredService<ApiKeyDesk>();
        var key = BearerOf(Request) is { } text ? await desk.RecogniseAsync(text, Context.RequestAborted) : null;
        if (key is null)
        {
            return AuthenticateResult.Fail("The token is not good.");
        }

        Context
            .RequestServices.GetRequiredService<Caller>()
            .BecomeKey(key.Tenant, new ApiKeyId(key.ApiKeyId), key.Scopes);
        Context.NoteActor();
        await desk.NoteUseAsync(key.ApiKeyId, Context.RequestAborted);
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(key), Scheme.Name));
    }

    /// <summary>The one token of a request; null when there is none, or more than one.</summary>
    public static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        var text = header.Count == 1 ? header[0] : null;
        return text is not null && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? text[Bearer.Length..].Trim()
            : null;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Refusal.ChallengeAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusal.ForbidAsync(Context);

    private static ClaimsPrincipal PrincipalOf(RecognisedKey key) =>
        new(
            new ClaimsIdentity(
                [new Claim(ClaimTypes.NameIdentifier, key.ApiKeyId.ToString(CultureInfo.InvariantCulture))],
                SchemeName
            )
        );
}
