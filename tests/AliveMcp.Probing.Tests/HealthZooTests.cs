using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

/// <summary>Every way in which a health URL can answer, over real sockets.</summary>
public sealed class HealthZooTests
{
    public static TheoryData<Specimen, Expected> Zoo
    {
        get
        {
            const ProbeStep at = ProbeStep.Health;
            return new()
            {
                { Specimens.HealthyPlainText, Expected.Live },
                { Specimens.HealthyReport, Expected.Live },
                { Specimens.Health429, Expected.Live },
                { Specimens.Health500, Expected.Degraded(Why.HealthDown, at) },
                { Specimens.Health404, Expected.Degraded(Why.HealthDown, at) },
                { Specimens.Health503, Expected.Degraded(Why.HealthDown, at) },
                { Specimens.Health503WithParts, Expected.Degraded(Why.HealthDegraded, at) },
                { Specimens.HealthWarns, Expected.Degraded(Why.HealthDegraded, at) },
                { Specimens.HealthRedirects, Expected.Degraded(Why.HealthDown, at) },
                { Specimens.HealthResets, Expected.Degraded(Why.HealthDown, at) },
                { Specimens.HealthHangs, Expected.Degraded(Why.HealthDown, at) },
                { Specimens.HealthDrips, Expected.Degraded(Why.HealthDown, at) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Zoo))]
    public async Task Every_specimen_gets_its_own_reason(Specimen specimen, Expected expected)
    {
        var (result, server) = await ProbeAsync(specimen);

        Assert.Equal(expected, Expected.Of(result));
        Assert.Equal(VerifiedTo.Tools, result.Attempt.VerifiedTo);
        Assert.Contains(server.Requests, request => request.Method == "GET");
    }

    [Fact]
    public async Task The_trouble_is_named_and_kept_as_evidence()
    {
        var (result, _) = await ProbeAsync(Specimens.Health503WithParts);

        Assert.Equal("expected HTTP 2xx, got HTTP 503: db (DOWN)", result.Attempt.Detail);
        Assert.Equal(503, result.Attempt.HttpStatus);
        Assert.Contains("components", result.Evidence!.Body, StringComparison.Ordinal);
        Assert.Contains("503", result.Evidence!.StatusLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "OK", true)]
    [InlineData(null, "fine", false)]
    [InlineData(200, null, true)]
    [InlineData(204, null, false)]
    public async Task The_owner_says_what_well_looks_like(int? status, string? contains, bool isWell)
    {
        var (result, _) = await ProbeAsync(
            Specimens.HealthyPlainText,
            check => check with { Status = status, Contains = contains }
        );

        Assert.Equal(isWell ? ServerState.Live : ServerState.Degraded, result.Attempt.State);
    }

    [Fact]
    public async Task A_health_url_elsewhere_gets_no_credential_and_leaves_no_trace_in_the_times()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var other = await FakeMcpServer.StartAsync(Specimens.Health500);

        var result = await Probes.ProbeAsync(
            Probes.Order(server.Url) with
            {
                Credential = Bearer,
                Health = new HealthCheck { Url = new Uri(other.Url, "/health") },
            }
        );

        Assert.Equal(Expected.Degraded(Why.HealthDown, ProbeStep.Health), Expected.Of(result));
        Assert.Null(Assert.Single(other.Requests).Header("Authorization"));
        Assert.All(server.Requests, request => Assert.NotNull(request.Header("Authorization")));
        Assert.Equal(server.Requests.Count + 1, result.Observed.Requests);
    }

    [Fact]
    public async Task Within_the_registered_origin_the_credential_goes_along()
    {
        var (_, server) = await ProbeAsync(
            Specimens.HealthyPlainText,
            order: order => order with { Credential = Bearer }
        );

        Assert.Equal(
            "Bearer s3cret-token",
            server.Requests.Single(request => request.Method == "GET").Header("Authorization")
        );
    }

    [Fact]
    public async Task A_health_url_that_leads_elsewhere_says_nothing_about_where_the_credential_was_shown()
    {
        var away = new UriBuilder(RawServer.Nobody()) { Scheme = "https" }.Uri;

        var (result, _) = await ProbeAsync(
            Specimens.Healthy.On(
                "GET",
                call =>
                {
                    call.Http.Response.Headers.Location = away.AbsoluteUri;
                    return call.StatusAsync(307);
                }
            ),
            order: order => order with { Credential = Bearer }
        );

        Assert.Equal(Why.HealthDown, result.Attempt.Why);
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("credential", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_health_url_is_dialled_through_the_guard()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var result = await Probes.ProbeAsync(
            Probes.Order(server.Url) with
            {
                Health = new HealthCheck { Url = new Uri("http://169.254.169.254/health") },
            }
        );

        Assert.Equal(Expected.Degraded(Why.HealthDown, ProbeStep.Health), Expected.Of(result));
        Assert.Contains("address_not_allowed", result.Attempt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_asks_a_server_that_is_down_how_it_feels()
    {
        var (result, server) = await ProbeAsync(
            Specimens.HealthyReport.On("tools/list", call => call.StatusAsync(500))
        );

        Assert.Equal(Why.HttpError, result.Attempt.Why);
        Assert.DoesNotContain(server.Requests, request => request.Method == "GET");
    }

    [Fact]
    public async Task Behind_a_door_that_is_rightly_shut_the_health_url_still_speaks()
    {
        var (result, _) = await ProbeAsync(
            Specimens.Health500.On(
                "*",
                call =>
                {
                    call.Http.Response.Headers.WWWAuthenticate = "Bearer";
                    return call.StatusAsync(401);
                }
            )
        );

        Assert.Equal(Expected.Degraded(Why.HealthDown, ProbeStep.Health), Expected.Of(result));
        Assert.Equal((Access.Protected, VerifiedTo.Gate), (result.Attempt.Access, result.Attempt.VerifiedTo));
    }

    private static ProbeCredential Bearer =>
        new()
        {
            Kind = CredentialKind.Bearer,
            Identity = "cred-1",
            Secret = "s3cret-token",
        };

    private static async Task<(ProbeResult Result, FakeMcpServer Server)> ProbeAsync(
        Specimen specimen,
        Func<HealthCheck, HealthCheck>? change = null,
        Func<ProbeOrder, ProbeOrder>? order = null
    )
    {
        await using var server = await FakeMcpServer.StartAsync(specimen);
        var check = new HealthCheck { Url = new Uri(server.Url, "/health") };
        var probed = Probes.Order(server.Url) with { Health = change?.Invoke(check) ?? check };
        return (await Probes.ProbeAsync(order?.Invoke(probed) ?? probed), server);
    }
}
