using System.Text.RegularExpressions;
using AliveMcp.Egress;
using AliveMcp.Tenancy.SignIn.Providers;
using AliveMcp.Vocabulary.Plans;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>Every fault of the sign-in settings at once, each naming its key and an example.</summary>
internal sealed partial class SignInRules(PlanTable plans) : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = OfDoor(options)
            .Concat(OfGitHub(options.GitHub))
            .Concat(options.Oidc.SelectMany(oidc => OfOidc(oidc.Key, oidc.Value)))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> OfDoor(SignInOptions options)
    {
        if (options.PublicUrl is { } url && !IsOrigin(url))
        {
            yield return $"SignIn:PublicUrl is {url}: scheme and host, for example https://alivemcp.example.com.";
        }

        if (!plans.TryGet(options.NewTenantPlan, out _))
        {
            yield return $"SignIn:NewTenantPlan is {options.NewTenantPlan}, which is no plan of plans.yaml; for example public.";
        }

        if (options.TenantsPerOwner is < 0 or > 1000)
        {
            yield return $"SignIn:TenantsPerOwner is {options.TenantsPerOwner}; for example 5 (0 to 1000).";
        }

        if (options.SessionIdle < TimeSpan.FromMinutes(5) || options.SessionIdle > TimeSpan.FromDays(90))
        {
            yield return $"SignIn:SessionIdle is {options.SessionIdle}; for example 7.00:00:00 (5 min to 90 days).";
        }

        if (options.SessionLife < TimeSpan.FromMinutes(5) || options.SessionLife > TimeSpan.FromDays(365))
        {
            yield return $"SignIn:SessionLife is {options.SessionLife}; for example 30.00:00:00 (5 min to 365 days).";
        }

        foreach (var problem in new EgressOptions { Allow = options.Allow }.Problems())
        {
            yield return problem.Message.Replace("Egress:Allow", "SignIn:Allow", StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> OfGitHub(GitHubOptions options)
    {
        if ((options.ClientId is null) != (options.ClientSecret is null))
        {
            yield return "SignIn:GitHub:ClientId and SignIn:GitHub:ClientSecret belong together: one is set and the other is not.";
        }
    }

    private static IEnumerable<string> OfOidc(string key, OidcOptions options)
    {
        if (!Key().IsMatch(key) || key == "github")
        {
            yield return $"SignIn:Oidc:{key} is no name for a provider: 1 to 30 of a-z 0-9 -, not github; for example company.";
        }

        if (
            !Uri.TryCreate(options.Issuer, UriKind.Absolute, out var issuer)
            || issuer.Query.Length + issuer.Fragment.Length > 0
        )
        {
            yield return $"SignIn:Oidc:{key}:Issuer is no issuer; for example https://login.example.com/realms/acme.";
        }
        else if (issuer.Scheme != "https" && !issuer.IsLoopback)
        {
            yield return $"SignIn:Oidc:{key}:Issuer is not reached by TLS; for example https://login.example.com/realms/acme.";
        }

        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return $"SignIn:Oidc:{key}:ClientId is not set; for example alivemcp.";
        }

        if (!options.Scopes.Split(' ').Contains("openid", StringComparer.Ordinal))
        {
            yield return $"SignIn:Oidc:{key}:Scopes lacks openid; for example openid email profile.";
        }

        foreach (var (group, given) in options.Groups)
        {
            if (GroupGrant.Read(given) is null)
            {
                yield return $"SignIn:Oidc:{key}:Groups:{group} is '{given}': tenant and role, for example local:admin.";
            }
        }
    }

    private static bool IsOrigin(Uri url) =>
        url.IsAbsoluteUri
        && url.Scheme is "https" or "http"
        && url.PathAndQuery == "/"
        && url.UserInfo.Length + url.Fragment.Length == 0
        && (url.Scheme == "https" || url.IsLoopback);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,29}\z", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
