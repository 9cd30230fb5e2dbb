using AliveMcp.Tenancy.SignIn.Providers;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>How people come in; section <c>SignIn</c>.</summary>
public sealed class SignInOptions
{
    /// <summary>
    /// Where the outside reaches us, scheme and host, for example <c>https://alivemcp.example.com</c>: links in mails begin with it and
    /// providers send people back to it. Null, the default: sign-in works on this machine's loopback address only.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Whether a stranger may make an account. Default false: whoever was invited, belongs to a bound group, or holds the owner link.</summary>
    public bool OpenRegistration { get; set; }

    /// <summary>The plan of a tenant that somebody makes, by its name in <c>plans.yaml</c>. Default <c>public</c>.</summary>
    public string NewTenantPlan { get; set; } = "public";

    /// <summary>How many tenants one person may own. Default 5, 0 to 1000.</summary>
    public int TenantsPerOwner { get; set; } = 5;

    /// <summary>A session that is not used ends after this. Default 7 days, 5 min to 90 days.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromDays(7);

    /// <summary>A session ends after this whatever happens. Default 30 days, 5 min to 365 days.</summary>
    public TimeSpan SessionLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Sign-in by GitHub; without a client id there is none.</summary>
    public GitHubOptions GitHub { get; set; } = new();

    /// <summary>Sign-in by OpenID Connect providers, each under a short name that stands in its URLs, for example <c>SignIn:Oidc:company:Issuer</c>.</summary>
    public Dictionary<string, OidcOptions> Oidc { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Closed ranges in which providers may stand, each <c>CIDR:port</c>, for example <c>10.1.0.0/16:443</c>. Default none.</summary>
    public IReadOnlyList<string> Allow { get; set; } = [];
}
