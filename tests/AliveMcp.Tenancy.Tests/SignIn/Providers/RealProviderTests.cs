using System.Net;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Providers;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Tenancy.Tests.Tenants;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.Tests.SignIn.Providers;

/// <summary>Sign-in at a real provider, with a browser that has cookies and no script.</summary>
public sealed class RealProviderTests(Install install) : IClassFixture<Install>
{
    private static readonly Uri Origin = new("http://127.0.0.1:9");
    private static readonly Uri Callback = new(Origin, "/sign-in/callback/company");

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Somebody_signs_in_and_a_group_makes_her_an_admin(string algorithm)
    {
        await using var provider = await RealProvider.StartAsync(algorithm, Callback);
        using var directory = Directory(provider.Issuer);
        var desk = Desk(directory);
        await new GroupBindings(install.Storage.Doors, Settings(provider.Issuer)).WriteAsync(CancellationToken.None);
        var browser = SecretToken.New();

        var brought = await WalkAsync(desk, browser);
        var entered = await desk.FinishAsync("company", brought, browser, Origin, CancellationToken.None);

        Assert.True(entered.TryGet(out var person), entered.Problems.Count > 0 ? entered.Problems[0].Code : "");
        Assert.Equal("/account", person.NextPath);
        var tenants = await install
            .Services.GetRequiredService<TenantDesk>()
            .OfAsync(person.Person, CancellationToken.None);
        Assert.Equal(("charlie", Tenancy.Permissions.Role.Admin), (tenants.Single().Slug, tenants.Single().Role));

        var replayed = await desk.FinishAsync("company", brought, browser, Origin, CancellationToken.None);
        Assert.Equal("provider_unavailable", replayed.Problems.Single().Code);
        var again = await desk.FinishAsync(
            "company",
            await WalkAsync(desk, browser),
            browser,
            Origin,
            CancellationToken.None
        );
        Assert.True(again.TryGet(out var same));
        Assert.Equal(person.Person, same.Person);
    }

    [Fact]
    public async Task A_code_that_was_brought_by_another_browser_or_with_another_state_is_refused()
    {
        await using var provider = await RealProvider.StartAsync("RS256", Callback);
        using var directory = Directory(provider.Issuer);
        var desk = Desk(directory);
        var (mine, theirs) = (SecretToken.New(), SecretToken.New());

        var stolen = await WalkAsync(desk, mine);
        Assert.Equal("provider_unavailable", await CodeAsync(desk, stolen, theirs));
        var (mineAgain, other) = (await WalkAsync(desk, mine), await WalkAsync(desk, theirs));
        Assert.Equal("provider_unavailable", await CodeAsync(desk, (mineAgain.Code, other.State), theirs));
        Assert.Equal("provider_unavailable", await CodeAsync(desk, (mineAgain.Code, SecretToken.New()), mine));
        Assert.Equal("provider_unavailable", await CodeAsync(desk, (mineAgain.Code, null), mine));
    }

    [Fact]
    public async Task A_provider_whose_issuer_is_spelled_otherwise_is_refused()
    {
        await using var provider = await RealProvider.StartAsync("RS256", Callback);
        using var directory = Directory(provider.Issuer + "/");

        var begun = await Desk(directory)
            .BeginAsync("company", (SecretToken.New(), "/"), Origin, Everybody.Somewhere(), CancellationToken.None);

        Assert.Equal("provider_unavailable", begun.Problems.Single().Code);
    }

    [Fact]
    public async Task A_provider_on_a_closed_address_is_not_dialled()
    {
        using var directory = new ProviderDirectory(Settings("http://127.0.0.1:1", allow: []), TimeProvider.System);

        var begun = await Desk(directory)
            .BeginAsync("company", (SecretToken.New(), "/"), Origin, Everybody.Somewhere(), CancellationToken.None);

        Assert.Equal("provider_unavailable", begun.Problems.Single().Code);
    }

    private static async Task<string?> CodeAsync(
        ProviderDesk desk,
        (string? Code, string? State) brought,
        string browser
    )
    {
        var entered = await desk.FinishAsync("company", brought, browser, Origin, CancellationToken.None);
        return entered.Problems.Count == 0 ? null : entered.Problems[0].Code;
    }

    /// <summary>Goes where the desk says and follows the provider's redirects until it sends the browser back.</summary>
    private static async Task<(string? Code, string? State)> WalkAsync(ProviderDesk desk, string browser)
    {
        var begun = await desk.BeginAsync(
            "company",
            (browser, "/account"),
            Origin,
            Everybody.Somewhere(),
            CancellationToken.None
        );
        Assert.True(begun.TryGet(out var next), "The provider could not be asked.");
#pragma warning disable RS0030 // The test's own provider on loopback, not a stranger.
        using var http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }
        );
#pragma warning restore RS0030
        for (var step = 0; step < 10; step++)
        {
            using var answer = await http.GetAsync(next);
            Assert.True((int)answer.StatusCode is 302 or 303, await answer.Content.ReadAsStringAsync());
            next = new Uri(next, answer.Headers.Location!);
            if (next.GetLeftPart(UriPartial.Path) == Callback.AbsoluteUri)
            {
                var query = QueryHelpers.ParseQuery(next.Query);
                return (query["code"], query["state"]);
            }
        }

        throw new InvalidOperationException("The provider never sends the browser back.");
    }

    private ProviderDesk Desk(ProviderDirectory directory) =>
        new(
            install.Storage.Doors,
            new Attempts(install.Storage.Doors, install.Clock),
            directory,
            TimeProvider.System,
            NullLogger<ProviderDesk>.Instance
        );

    private static ProviderDirectory Directory(string issuer) => new(Settings(issuer), TimeProvider.System);

    private static IOptions<SignInOptions> Settings(string issuer, IReadOnlyList<string>? allow = null) =>
        Options.Create(
            new SignInOptions
            {
                Allow = allow ?? ["127.0.0.1/32:*"],
                Oidc =
                {
                    ["company"] = new OidcOptions
                    {
                        Issuer = issuer,
                        ClientId = "alivemcp",
                        ClientSecret = RealProvider.Secret,
                        Groups = { ["mcp-admins"] = "charlie:admin", ["others"] = "local:owner" },
                    },
                },
            }
        );
}
