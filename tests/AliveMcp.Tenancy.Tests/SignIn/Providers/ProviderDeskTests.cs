using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Providers;
using AliveMcp.Tenancy.Tests.Tenants;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.Tests.SignIn.Providers;

/// <summary>Providers that lie, forget and change their keys.</summary>
public sealed class ProviderDeskTests(Install install) : IClassFixture<Install>
{
    private static readonly Uri Origin = new("https://alive.example.com");

    private readonly Everybody _people = new(install);

    [Fact]
    public async Task A_provider_that_changed_its_keys_is_asked_again_but_not_for_every_bad_token()
    {
        await using var fake = await FakeProviders.StartAsync();
        var first = fake.Published;
        fake.IdToken = nonce => fake.Published.Token(Claims(fake.Url, nonce, "rotating"));
        using var directory = Directory(fake.Url);
        Assert.Null(await SignInAsync(directory));
        Assert.Equal(1, fake.KeysAsked);

        using var mallory = new Signer { RsaId = "mallory" };
        fake.IdToken = nonce => mallory.Token(Claims(fake.Url, nonce, "rotating"));
        Assert.Equal("provider_unavailable", await SignInAsync(directory));
        Assert.Equal(1, fake.KeysAsked);

        fake.Published = new Signer { RsaId = "rsa-2", EcId = "ec-2" };
        fake.IdToken = nonce => fake.Published.Token(Claims(fake.Url, nonce, "rotating"));
        install.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(await SignInAsync(directory));
        Assert.Equal(2, fake.KeysAsked);
        fake.IdToken = nonce => first.Token(Claims(fake.Url, nonce, "rotating"));
        Assert.Equal("provider_unavailable", await SignInAsync(directory));
    }

    [Fact]
    public async Task A_token_of_another_sign_in_is_refused()
    {
        await using var fake = await FakeProviders.StartAsync();
        fake.IdToken = _ => fake.Published.Token(Claims(fake.Url, "another nonce", "replay"));
        using var directory = Directory(fake.Url);

        Assert.Equal("provider_unavailable", await SignInAsync(directory));
    }

    [Fact]
    public async Task An_address_that_the_provider_did_not_verify_opens_no_account()
    {
        await using var fake = await FakeProviders.StartAsync();
        var (_, email) = await _people.PersonAsync("victim");
        fake.IdToken = nonce =>
        {
            var claims = Claims(fake.Url, nonce, "mallory");
            (claims["email"], claims["email_verified"]) = (email, false);
            return fake.Published.Token(claims);
        };
        using var directory = Directory(fake.Url);

        Assert.Equal("sign_in_forbidden", await SignInAsync(directory));
    }

    [Fact]
    public async Task An_address_that_the_provider_verified_opens_its_account_unless_the_settings_distrust_it()
    {
        await using var fake = await FakeProviders.StartAsync();
        var (_, email) = await _people.PersonAsync("known");
        fake.IdToken = nonce =>
        {
            var claims = Claims(fake.Url, nonce, "subject-of-known");
            (claims["email"], claims["email_verified"]) = (email, true);
            return fake.Published.Token(claims);
        };
        using var distrusted = Directory(fake.Url, trusts: false, open: false);
        Assert.Equal("sign_in_forbidden", await SignInAsync(distrusted));
        using var trusted = Directory(fake.Url, trusts: true, open: false);

        Assert.Null(await SignInAsync(trusted));
    }

    [Fact]
    public async Task GitHub_signs_in_by_number_and_by_its_verified_primary_address()
    {
        await using var fake = await FakeProviders.StartAsync();
        var (person, email) = await _people.PersonAsync("octo");
        fake.GitHubEmails = new JsonArray(
            Email("unverified@example.com", primary: true, verified: false),
            Email("other@example.com", primary: false, verified: true)
        );
        using var directory = Directory(fake.Url);
        Assert.Equal("sign_in_forbidden", await SignInAsync(directory, "github"));

        fake.GitHubEmails = new JsonArray(Email(email, primary: true, verified: true));
        Assert.Null(await SignInAsync(directory, "github"));
        fake.GitHubEmails = new JsonArray();
        Assert.Null(await SignInAsync(directory, "github"));
        Assert.Equal(
            person.Value,
            await _people.QueryAsync<int>("SELECT person_id FROM tenancy.identity WHERE subject = '583231'")
        );
        var sent = fake.Sent.Last();
        Assert.Equal(43, sent["code_verifier"].Length);
        Assert.Equal("https://alive.example.com/sign-in/callback/github", sent["redirect_uri"]);
    }

    [Fact]
    public void The_verifier_is_bound_to_browser_and_state_and_its_challenge_is_S256()
    {
        var secrets = new Pkce("browser", "state");

        Assert.Equal(
            secrets.Challenge,
            Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(secrets.Verifier)))
        );
        Assert.NotEqual(secrets.Verifier, new Pkce("other", "state").Verifier);
        Assert.NotEqual(secrets.Verifier, new Pkce("browser", "other").Verifier);
        Assert.NotEqual(secrets.Verifier, secrets.Nonce);
    }

    /// <summary>The browser goes there and comes back with the nonce as its code, so that the fake knows what to sign.</summary>
    private async Task<string?> SignInAsync(ProviderDirectory directory, string key = "company")
    {
        var desk = new ProviderDesk(
            install.Storage.Doors,
            new Attempts(install.Storage.Doors, install.Clock),
            directory,
            install.Clock,
            NullLogger<ProviderDesk>.Instance
        );
        var browser = SecretToken.New();
        var begun = await desk.BeginAsync(
            key,
            (browser, "/account"),
            Origin,
            Everybody.Somewhere(),
            CancellationToken.None
        );
        Assert.True(begun.TryGet(out var target));
        var query = QueryHelpers.ParseQuery(target.Query);
        Assert.Equal("S256", query["code_challenge_method"]);
        var code = query.TryGetValue("nonce", out var nonce) ? nonce.ToString() : "a code";
        var entered = await desk.FinishAsync(key, (code, query["state"]), browser, Origin, CancellationToken.None);
        return entered.Problems.Count == 0 ? null : entered.Problems[0].Code;
    }

    private JsonObject Claims(string issuer, string nonce, string subject) =>
        new()
        {
            ["iss"] = issuer,
            ["aud"] = "alivemcp",
            ["sub"] = subject,
            ["nonce"] = nonce,
            ["iat"] = install.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["exp"] = install.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
            ["email"] = $"{subject}@example.com",
            ["email_verified"] = true,
        };

    private static JsonObject Email(string address, bool primary, bool verified) =>
        new()
        {
            ["email"] = address,
            ["primary"] = primary,
            ["verified"] = verified,
        };

    private ProviderDirectory Directory(string url, bool trusts = true, bool open = true) =>
        new(
            Options.Create(
                new SignInOptions
                {
                    Allow = ["127.0.0.1/32:*"],
                    GitHub =
                    {
                        ClientId = "gh",
                        ClientSecret = "s",
                        Url = new Uri(url),
                        ApiUrl = new Uri(url),
                    },
                    Oidc =
                    {
                        ["company"] = new OidcOptions
                        {
                            Issuer = url,
                            ClientId = "alivemcp",
                            TrustsEmail = trusts,
                            OpenRegistration = open,
                        },
                    },
                }
            ),
            install.Clock
        );
}
