using System.Security.Claims;
using System.Text.Encodings.Web;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.Operators;

/// <summary>
/// Recognises <c>Authorization: Bearer amcp_oper_…</c>. Whoever is not bound to a tenant names it in the header <c>AliveMCP-Tenant</c>;
/// whoever is bound to one acts for that one, whatever the header says.
/// </summary>
internal sealed class OperatorHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "operator";
    public const string TenantHeader = "AliveMCP-Tenant";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var services = Context.RequestServices;
        var desk = services.GetRequiredService<OperatorDesk>();
        var one = await desk.RecogniseAsync(ApiKeyHandler.BearerOf(Request), Context.RequestAborted);
        if (one is null)
        {
            return AuthenticateResult.Fail("The token is not good.");
        }

        var tenant = one.Tenant ?? await NamedAsync(services.GetRequiredService<TenantSlugs>());
        services.GetRequiredService<Caller>().BecomeOperator(one.Operator, one.Layer, tenant);
        Context.NoteActor();
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, $"{one.Operator}")], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Refusal.ChallengeAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusal.ForbidAsync(Context);

    /// <summary>A name that no tenant has is no tenant: what needs one then says so.</summary>
    private async Task<TenantId?> NamedAsync(TenantSlugs slugs)
    {
        var header = Request.Headers[TenantHeader];
        return header.Count == 1 && header[0] is { Length: > 0 and <= 63 } slug
            ? await slugs.FindAsync(slug, Context.RequestAborted)
            : null;
    }
}
