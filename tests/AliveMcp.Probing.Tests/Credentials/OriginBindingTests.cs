using System.Net;
using AliveMcp.Egress;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class OriginBindingTests
{
    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    [InlineData(302)]
    public async Task A_redirect_to_another_origin_takes_no_key_along(int status)
    {
        await using var elsewhere = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var server = await FakeMcpServer.StartAsync(Redirecting(status, _ => elsewhere.Url.AbsoluteUri));

        var result = await server.ProbeAsync(Keys.Bearer);

        Assert.Equal(Why.Redirected, result.Attempt.Why);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_redirect_inside_the_origin_does()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Guarded(Keys.OnlyBearer) is var guarded
                ? guarded.On(
                    "*",
                    call => call.Seen.Path == "/mcp" ? RedirectAsync(call, 307, "/mcp/") : guarded.Reactions["*"](call)
                )
                : guarded
        );

        var result = await server.ProbeAsync(Keys.Bearer);

        Assert.Equal(Expected.Live, Expected.Of(result));
    }

    [Theory]
    [InlineData(false, ServerState.Unknown, Why.CredentialRejected)]
    [InlineData(true, ServerState.Live, Why.None)]
    public async Task An_upgrade_to_https_is_followed_without_the_key_and_told(bool isOpen, ServerState state, Why why)
    {
        using var root = TestCertificates.Root("Test Root");
        using var leaf = TestCertificates.Leaf(
            root,
            "localhost",
            TestCertificates.Now,
            TestCertificates.Now.AddDays(300)
        );
        await using var secure = await FakeMcpServer.StartAsync(Specimens.Guarded(_ => isOpen), leaf);
        await using var server = await FakeMcpServer.StartAsync(Redirecting(308, _ => secure.Url.AbsoluteUri));
        var probe = new ServerProbe(new EgressGuard(new EgressOptions { AllowPrivate = true }), TimeProvider.System)
        {
            ExtraRoots = [root],
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
        };
        var url = new UriBuilder(server.Url) { Host = "localhost" }.Uri;

        var result = await probe.ProbeAsync(
            Probes.Order(url) with
            {
                Credential = Keys.Bearer,
            },
            CancellationToken.None
        );

        Assert.Equal((state, why), (result.Attempt.State, result.Attempt.Why));
        Assert.NotEmpty(secure.Requests);
        Assert.All(secure.Requests, seen => Assert.Null(seen.Header("Authorization")));
        Assert.Contains(
            result.Warnings,
            warning => warning.Contains("was not shown at https://localhost", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_legacy_endpoint_at_another_origin_gets_neither_request_nor_key()
    {
        await using var elsewhere = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.HealthyLegacySse.On(
                "GET",
                async call =>
                {
                    await call.EventsAsync($"event: endpoint\ndata: {elsewhere.Url}\n\n");
                    await call.HangAsync();
                }
            )
        );

        var result = await server.ProbeAsync(Keys.Bearer);

        Assert.NotEqual(ServerState.Live, result.Attempt.State);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Plain_http_to_a_public_address_ends_before_anything_is_sent(bool looksAtGate)
    {
        var dialled = new List<string>();
        var probe = new ServerProbe(new EgressGuard(new EgressOptions { AllowPrivate = true }), TimeProvider.System)
        {
            Resolve = (name, _) =>
            {
                dialled.Add(name);
                return Task.FromResult(new[] { IPAddress.Parse("93.184.215.14") });
            },
        };
        var order = Probes.Order(new Uri("http://mcp.example/mcp")) with
        {
            Credential = Keys.Bearer,
            LooksAtGate = looksAtGate,
        };

        var result = await probe.ProbeAsync(order, CancellationToken.None);

        Assert.Equal(Expected.Unknown(Why.CredentialRejected, ProbeStep.Gate), Expected.Of(result));
        Assert.Contains("expected https", result.Attempt.Detail, StringComparison.Ordinal);
        Assert.Equal(0, result.Observed.Requests);
        Assert.Equal(["mcp.example"], dialled);
    }

    [Fact]
    public async Task A_name_that_turns_public_between_two_connections_gets_no_key()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Status(500));
        var answers = new Queue<string>(["127.0.0.1", "93.184.215.14"]);
        var probe = new ServerProbe(new EgressGuard(new EgressOptions { AllowPrivate = true }), TimeProvider.System)
        {
            Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }),
        };
        var url = new UriBuilder(server.Url) { Host = "rebinding.example" }.Uri;

        var result = await probe.ProbeAsync(
            Probes.Order(url) with
            {
                Credential = Keys.Bearer,
                LooksAtGate = true,
            },
            CancellationToken.None
        );

        Assert.Equal(Why.CredentialRejected, result.Attempt.Why);
        Assert.All(server.Requests, seen => Assert.Null(seen.Header("Authorization")));
    }

    [Fact]
    public async Task The_metadata_is_asked_without_a_key_wherever_it_lies()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var elsewhere = await FakeMcpServer.StartAsync(
            Specimens.Healthy.On("*", call => call.BodyAsync(200, "application/json", "{}"))
        );
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Guarded(Keys.OnlyBearer, $"Bearer resource_metadata=\"{elsewhere.Url}\"")
        );

        await server.ProbeAsync(Keys.Bearer, Keys.AtGate);

        var asked = Assert.Single(elsewhere.Requests);
        Assert.Equal("GET", asked.Method);
        Assert.Null(asked.Header("Authorization"));
        Assert.DoesNotContain(server.Requests, seen => seen.Path != "/mcp" && seen.Header("Authorization") is not null);
    }

    [Fact]
    public async Task A_discovered_token_endpoint_is_compared_and_never_used()
    {
        await using var configured = await FakeAuthorizationServer.StartAsync();
        await using var discovered = await FakeAuthorizationServer.StartAsync();
        await using var server = await FakeMcpServer.StartAsync(
            Specimens
                .Guarded(seen => configured.Accepts(seen.Header("Authorization")))
                .Describing(Specimens.Resource(discovered.Issuer))
        );

        var result = await server.ProbeAsync(
            Keys.Client(configured) with
            {
                Issuer = new Uri(configured.Issuer),
            },
            Keys.AtGate
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(0, discovered.TokenRequests);
        Assert.Equal(
            ["issuer_differs", "token_endpoint_differs"],
            result.Findings.Where(found => found.Class == "credential").Select(found => found.Code)
        );
    }

    private static Specimen Redirecting(int status, Func<FakeCall, string> to) =>
        Specimens.Healthy.On("*", call => RedirectAsync(call, status, to(call)));

    private static Task RedirectAsync(FakeCall call, int status, string to)
    {
        call.Http.Response.Headers.Location = to;
        return call.StatusAsync(status);
    }
}
