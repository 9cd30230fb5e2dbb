using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using static AliveMcp.Probing.Tests.Credentials.WaysIn;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class SignInTests
{
    private const string AtPath = "/.well-known/oauth-protected-resource/mcp";
    private const string AtRoot = "/.well-known/oauth-protected-resource";

    [Theory]
    [InlineData("", "/.well-known/oauth-authorization-server")]
    [InlineData("", "/.well-known/openid-configuration")]
    [InlineData("/t", "/.well-known/oauth-authorization-server/t")]
    [InlineData("/t", "/.well-known/openid-configuration/t")]
    [InlineData("/t", "/t/.well-known/openid-configuration")]
    public async Task A_whole_way_in_is_followed_to_every_place_of_the_issuers_metadata(string path, string place)
    {
        await using var issuer = (await FakeAuthorizationServer.StartAsync(path)).PublishesAt(place);

        var result = await ProbeAsync(Described(issuer));

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal((Access.Protected, VerifiedTo.Gate), (result.Attempt.Access, result.Attempt.VerifiedTo));
        Assert.Equal(Access.Protected, result.Observed.Gate);
        Assert.Contains(issuer.Requests, seen => seen.Path == place);
    }

    [Theory]
    [InlineData(AtPath)]
    [InlineData(AtRoot)]
    public async Task The_resources_metadata_is_found_at_its_well_known_places(string place)
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();

        var result = await ProbeAsync(
            Specimens.Guarded(Keys.Nobody, null).Describing(Specimens.Resource(issuer.Issuer), place)
        );

        Assert.Equal((ServerState.Live, Access.Protected), (result.Attempt.State, result.Attempt.Access));
        Assert.NotEmpty(issuer.Requests);
    }

    [Fact]
    public async Task The_place_that_the_refusal_names_comes_first()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var server = await FakeMcpServer.StartAsync(
            Specimens
                .Guarded(Keys.Nobody, null)
                .Describing(Specimens.Resource(issuer.Issuer), "/elsewhere")
                .Naming("/elsewhere")
        );

        var result = await Probes.ProbeAsync(Keys.AtGate(Probes.Order(server.Url)));

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.DoesNotContain(server.Requests, seen => seen.Path.StartsWith(AtRoot, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_way_is_not_followed_every_minute()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var server = await FakeMcpServer.StartAsync(Described(issuer));

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Single(server.Requests);
        Assert.Empty(issuer.Requests);
    }

    [Fact]
    public async Task A_server_that_is_its_own_issuer_as_in_2025_03_26_is_accepted_and_told_so()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens
                .Guarded(Keys.Nobody, null)
                .Serving(
                    "/.well-known/oauth-authorization-server",
                    call =>
                    {
                        var origin = call.Server.Url.GetLeftPart(UriPartial.Authority);
                        return call.BodyAsync(
                            200,
                            "application/json",
                            $$"""{"issuer":"{{origin}}","token_endpoint":"{{origin}}/token"}"""
                        );
                    }
                )
        );

        foreach (var order in new[] { Probes.Order(server.Url), Keys.AtGate(Probes.Order(server.Url)) })
        {
            var result = await Probes.ProbeAsync(order);

            Assert.Equal((ServerState.Live, Access.Protected), (result.Attempt.State, result.Attempt.Access));
            Assert.Contains(result.Findings, found => found.Code == "resource_metadata_missing");
        }
    }

    [Theory]
    [InlineData("https://elsewhere.example/mcp")]
    [InlineData("not a url")]
    [InlineData("")]
    public async Task Metadata_of_another_resource_breaks_the_way(string resource)
    {
        var result = await ProbeAsync(
            Specimens
                .Guarded(Keys.Nobody)
                .Describing(_ => $$"""{"resource":"{{resource}}","authorization_servers":["https://as.example"]}""")
        );

        Broken(result, "expected resource 'http://127.0.0.1", $"got '{resource}'");
    }

    [Fact]
    public async Task Metadata_without_an_authorization_server_breaks_the_way()
    {
        var result = await ProbeAsync(Specimens.Guarded(Keys.Nobody).Describing(Specimens.Resource()));

        Broken(result, "expected an authorization server in http://127.0.0.1", "got none");
    }

    [Theory]
    [InlineData("https://as.example?tenant=1")]
    [InlineData("http://as.example")]
    [InlineData("ftp://as.example")]
    [InlineData("somewhere")]
    public async Task An_issuer_that_is_no_safe_url_breaks_the_way(string issuer)
    {
        var result = await ProbeAsync(Specimens.Guarded(Keys.Nobody).Describing(Specimens.Resource(issuer)));

        Broken(result, "expected the issuer to be an https URL", $"got '{issuer}'");
    }

    [Fact]
    public async Task Metadata_that_the_refusal_names_and_that_is_not_there_breaks_the_way()
    {
        var result = await ProbeAsync(Specimens.Guarded(Keys.Nobody).Naming("/nowhere"));

        Broken(result, "/nowhere, got HTTP 401");
    }

    [Theory]
    [InlineData("http://as.example/metadata")]
    [InlineData("/relative")]
    [InlineData("file:///etc/passwd")]
    public async Task A_named_place_that_is_no_safe_url_breaks_the_way(string place)
    {
        var result = await ProbeAsync(Specimens.Guarded(Keys.Nobody, $"Bearer resource_metadata=\"{place}\""));

        Broken(result, "expected resource_metadata to be an https URL", $"got '{place}'");
    }

    [Fact]
    public async Task An_issuer_without_metadata_breaks_the_way()
    {
        await using var issuer = (await FakeAuthorizationServer.StartAsync("/t")).PublishesNothing();

        var result = await ProbeAsync(Described(issuer));

        Broken(result, "/.well-known/oauth-authorization-server/t, got HTTP 404");
        Assert.Equal(3, issuer.Requests.Count);
    }

    [Theory]
    [InlineData("issuer", "https://somebody.example", "got 'https://somebody.example'")]
    [InlineData("issuer", null, "got none")]
    [InlineData("token_endpoint", null, "expected a token_endpoint")]
    [InlineData("token_endpoint", "http://as.example/token", "got 'http://as.example/token'")]
    public async Task Metadata_that_contradicts_its_issuer_breaks_the_way(string member, string? value, string told)
    {
        await using var issuer = (await FakeAuthorizationServer.StartAsync()).Says(member, value);

        var result = await ProbeAsync(Described(issuer));

        Broken(result, told, "/.well-known/oauth-authorization-server");
    }

    [Fact]
    public async Task A_slash_too_many_is_another_issuer()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        issuer.Says("issuer", issuer.Issuer + "/");

        var result = await ProbeAsync(Described(issuer));

        Broken(result, $"expected issuer '{issuer.Issuer}'");
    }

    [Fact]
    public async Task One_issuer_of_several_that_works_is_enough()
    {
        await using var broken = (await FakeAuthorizationServer.StartAsync()).PublishesNothing();
        await using var working = await FakeAuthorizationServer.StartAsync();

        var result = await ProbeAsync(
            Specimens.Guarded(Keys.Nobody).Describing(Specimens.Resource(broken.Issuer, working.Issuer))
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
    }

    [Fact]
    public async Task A_catch_all_page_at_the_well_known_places_is_no_metadata()
    {
        var result = await ProbeAsync(
            Specimens.Guarded(Keys.Nobody).Serving(AtPath, call => call.BodyAsync(200, "text/html", "<html>"))
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
    }

    [Fact]
    public async Task A_broken_way_is_told_beside_a_key_that_fits()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Guarded(Keys.OnlyBearer).Describing(Specimens.Resource())
        );

        var result = await server.ProbeAsync(Keys.Bearer, Keys.AtGate);

        Assert.Equal(Expected.Degraded(Why.AuthDiscoveryBroken, ProbeStep.SignIn), Expected.Of(result));
        Assert.Equal(
            (Access.Protected, VerifiedTo.Tools, Access.Misconfigured),
            (result.Attempt.Access, result.Attempt.VerifiedTo, result.Observed.Gate)
        );
    }
}
