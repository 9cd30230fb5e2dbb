using AliveMcp.Egress;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>The providers of the settings.</summary>
internal sealed class ProviderDirectory : IDisposable
{
    private readonly SafeHttp _http;

    public ProviderDirectory(IOptions<SignInOptions> options, TimeProvider clock)
    {
        var settings = options.Value;
        _http = new SafeHttp(new EgressGuard(new EgressOptions { Allow = settings.Allow }), clock);
        var http = new ProviderHttp(_http);
        var all = settings.Oidc.Select(
            IProvider (oidc) =>
                new OidcProvider(
                    oidc.Key,
                    oidc.Value,
                    oidc.Value.OpenRegistration ?? settings.OpenRegistration,
                    http,
                    clock
                )
        );
        All = settings.GitHub.ClientId is null
            ? [.. all]
            : [new GitHubProvider(settings.GitHub, settings.OpenRegistration, http), .. all];
    }

    public IReadOnlyList<IProvider> All { get; }

    public IProvider? Find(string key) =>
        All.FirstOrDefault(one => string.Equals(one.Key, key, StringComparison.Ordinal));

    public void Dispose() => _http.Dispose();
}
