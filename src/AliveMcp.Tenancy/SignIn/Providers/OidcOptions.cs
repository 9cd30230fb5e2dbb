namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>An OpenID Connect provider; section <c>SignIn:Oidc:name</c>. Its callback is <c>/sign-in/callback/name</c>.</summary>
public sealed class OidcOptions
{
    /// <summary>On the button. Default: the name of the section.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The issuer exactly as its discovery document spells it, for example <c>https://login.example.com/realms/acme</c>; required.</summary>
    public string? Issuer { get; set; }

    /// <summary>Our client id there; required.</summary>
    public string? ClientId { get; set; }

    /// <summary>Our secret there; null, the default: a public client, PKCE alone.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What we ask for. Default <c>openid email profile</c>.</summary>
    public string Scopes { get; set; } = "openid email profile";

    /// <summary>
    /// Whether an address that the provider calls verified signs into the account that has it. Default true; set false for a provider
    /// whose word on addresses you do not trust.
    /// </summary>
    public bool TrustsEmail { get; set; } = true;

    /// <summary>Whether somebody unknown with a verified address gets an account. Default: as <c>SignIn:OpenRegistration</c>.</summary>
    public bool? OpenRegistration { get; set; }

    /// <summary>The claim of the id_token that lists groups. Default <c>groups</c>.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Group to tenant and role, for example <c>SignIn:Oidc:company:Groups:mcp-admins = local:admin</c>; several with blanks between. Default none.</summary>
    public Dictionary<string, string> Groups { get; set; } = new(StringComparer.Ordinal);
}
