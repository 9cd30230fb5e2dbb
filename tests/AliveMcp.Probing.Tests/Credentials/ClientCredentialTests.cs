using AliveMcp.Egress;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class ClientCredentialTests
{
    [Fact]
    public async Task A_token_is_fetched_for_this_server_and_lets_in()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var server = await GuardedAsync(issuer);

        var result = await server.ProbeAsync(Keys.Client(issuer) with { Scope = "tools:read tools:list" });

        Assert.Equal(Expected.Live, Expected.Of(result));
        var form = FakeAuthorizationServer.Form(Assert.Single(issuer.Requests));
        Assert.Equal("client_credentials", form["grant_type"]);
        Assert.Equal(server.Url.AbsoluteUri, form["resource"]);
        Assert.Equal("tools:read tools:list", form["scope"]);
        Assert.Equal(server.Requests.Count + 1, result.Observed.Requests);
        Assert.DoesNotContain(server.Requests, seen => seen.Body.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_takes_the_secret_in_the_body_only_is_remembered()
    {
        await using var issuer = (await FakeAuthorizationServer.StartAsync()).TakesSecretsInTheBodyOnly();
        await using var server = await GuardedAsync(issuer);
        var probe = Fresh();

        var first = await ProbeAsync(probe, server, issuer);
        var asked = issuer.TokenRequests;
        issuer.RevokesAll();
        var second = await ProbeAsync(probe, server, issuer);

        Assert.Equal((Expected.Live, Expected.Live), (Expected.Of(first), Expected.Of(second)));
        Assert.Equal((2, 3), (asked, issuer.TokenRequests));
    }

    [Fact]
    public async Task A_server_that_knows_no_resource_is_asked_without()
    {
        await using var issuer = (await FakeAuthorizationServer.StartAsync()).KnowsNoResource();
        await using var server = await GuardedAsync(issuer);

        var result = await server.ProbeAsync(Keys.Client(issuer));

        Assert.Equal(Expected.Live, Expected.Of(result));
    }

    [Fact]
    public async Task One_token_serves_many_probes()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var server = await GuardedAsync(issuer);
        var probe = Fresh();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ProbeAsync(probe, server, issuer)));

        Assert.All(results, result => Assert.Equal(Expected.Live, Expected.Of(result)));
        Assert.Equal(1, issuer.TokenRequests);
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("tools/list")]
    public async Task A_token_that_was_revoked_meanwhile_is_replaced_in_the_same_probe(string where)
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        var revokes = false;
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.HealthyWithSessions.On(
                "*",
                call =>
                {
                    if (revokes && call.Seen.Rpc == where)
                    {
                        issuer.RevokesAll();
                        revokes = false;
                    }

                    return issuer.Accepts(call.Seen.Header("Authorization"))
                        ? call.BehaveAsync()
                        : call.StatusAsync(401);
                }
            )
        );
        var probe = Fresh();
        await ProbeAsync(probe, server, issuer);

        revokes = true;
        var result = await ProbeAsync(probe, server, issuer);

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(2, issuer.TokenRequests);
        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task A_fresh_token_that_is_refused_is_the_servers_failure()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var server = await FakeMcpServer.StartAsync(Specimens.Guarded(Keys.Nobody));
        var probe = Fresh();

        var first = await ProbeAsync(probe, server, issuer);
        var second = await ProbeAsync(probe, server, issuer);

        Assert.Equal(Expected.Down(Why.CredentialRejected, ProbeStep.Discover), Expected.Of(first));
        Assert.Equal(Expected.Of(first), Expected.Of(second));
        Assert.Equal(2, issuer.TokenRequests);
    }

    [Fact]
    public async Task A_scope_that_was_never_granted_is_our_blindness_and_no_reason_for_another_token()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Healthy.On(
                "*",
                call =>
                {
                    call.Http.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\", scope=\"a b\"";
                    return call.StatusAsync(403);
                }
            )
        );
        var probe = Fresh();

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var result = await ProbeAsync(probe, server, issuer);

            Assert.Equal((ServerState.Unknown, Why.CredentialRejected), (result.Attempt.State, result.Attempt.Why));
            Assert.Contains("insufficient_scope: a b", result.Attempt.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(1, issuer.TokenRequests);
    }

    public static TheoryData<string, Reaction, string> Failures =>
        new()
        {
            { "an error", call => call.StatusAsync(500), "got HTTP 500" },
            { "html", call => call.BodyAsync(200, "text/html", "<html>"), "without access_token" },
            {
                "another kind",
                call => call.BodyAsync(200, "application/json", """{"access_token":"abc","token_type":"mac"}"""),
                "a token of type 'mac'"
            },
            {
                "a poisoned token",
                call => call.BodyAsync(200, "application/json", """{"access_token":"a\r\nEvil: 1"}"""),
                "no header can carry"
            },
            { "a reset", call => call.ResetAsync(), "got " },
            { "silence", call => call.HangAsync(), "got silence" },
            {
                "a redirect",
                call =>
                {
                    call.Http.Response.Headers.Location = "/elsewhere";
                    return call.StatusAsync(307);
                },
                "got HTTP 307"
            },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Without_a_token_nothing_can_be_told(string what, Reaction reaction, string told)
    {
        await using var issuer = (await FakeAuthorizationServer.StartAsync()).AnswersTokenRequests(reaction);
        await using var server = await GuardedAsync(issuer);

        var result = await server.ProbeAsync(
            Keys.Client(issuer),
            order => order with { Limits = order.Limits with { Total = TimeSpan.FromSeconds(6) } }
        );

        Assert.NotNull(what);
        Assert.Equal(Expected.Unknown(Why.TokenUnavailable, ProbeStep.Token), Expected.Of(result));
        Assert.Contains("expected an access token from http://[ip]", result.Attempt.Detail, StringComparison.Ordinal);
        Assert.Contains(told, result.Attempt.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.DoesNotContain(issuer.Requests, seen => seen.Path != "/token");
    }

    [Fact]
    public async Task A_client_that_is_not_known_is_told_and_not_tried_again_at_once()
    {
        await using var issuer = (await FakeAuthorizationServer.StartAsync()).RefusesEverybody();
        await using var server = await GuardedAsync(issuer);
        var probe = Fresh();

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var result = await ProbeAsync(probe, server, issuer);

            Assert.Equal(Expected.Unknown(Why.TokenUnavailable, ProbeStep.Token), Expected.Of(result));
            Assert.Contains("HTTP 401 invalid_client", result.Attempt.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(2, issuer.TokenRequests);
    }

    [Fact]
    public async Task The_guard_has_the_last_word_about_the_token_endpoint()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Guarded(Keys.Nobody));
        await using var issuer = await FakeAuthorizationServer.StartAsync();

        foreach (var endpoint in new[] { "https://169.254.169.254/token", "https://10.0.0.1/token" })
        {
            var credential = Keys.Client(issuer) with { TokenEndpoint = new Uri(endpoint) };

            var result = await server.ProbeAsync(credential);

            Assert.Equal(Expected.Unknown(Why.TokenUnavailable, ProbeStep.Token), Expected.Of(result));
            Assert.Contains("the name leads to a", result.Attempt.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_secret_goes_to_no_token_endpoint_over_plain_http_in_public()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Guarded(Keys.Nobody));
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        var credential = Keys.Client(issuer) with { TokenEndpoint = new Uri("http://93.184.215.14/token") };

        var result = await server.ProbeAsync(credential);

        Assert.Equal(Expected.Unknown(Why.TokenUnavailable, ProbeStep.Token), Expected.Of(result));
        Assert.Contains("the credential was not sent", result.Attempt.Detail, StringComparison.Ordinal);
    }

    private static Task<FakeMcpServer> GuardedAsync(FakeAuthorizationServer issuer) =>
        FakeMcpServer.StartAsync(Specimens.Guarded(seen => issuer.Accepts(seen.Header("Authorization"))));

    private static ServerProbe Fresh() =>
        new(new EgressGuard(new EgressOptions { AllowPrivate = true }), TimeProvider.System);

    private static Task<ProbeResult> ProbeAsync(
        ServerProbe probe,
        FakeMcpServer server,
        FakeAuthorizationServer issuer
    ) => probe.ProbeAsync(Probes.Order(server.Url) with { Credential = Keys.Client(issuer) }, CancellationToken.None);
}
