using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

public sealed class EraTests
{
    [Fact]
    public async Task A_remembered_era_spares_the_question()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        await Probes.ProbeAsync(Probes.Order(server.Url) with { Era = Era.Initialize });

        Assert.Equal(
            ["initialize", "notifications/initialized", "tools/list"],
            server.Requests.Select(request => request.Rpc)
        );
    }

    [Fact]
    public async Task One_connection_serves_all_requests_of_a_probe()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthySse with { IssuesSessions = true });

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Single(server.Requests.Select(request => request.Connection).Distinct());
        Assert.Equal(server.Requests.Count, result.Observed.Requests);
    }

    [Theory]
    [InlineData(Era.Initialize)]
    [InlineData(Era.Discover)]
    public async Task A_remembered_era_that_fails_is_tried_the_other_way_round(Era remembered)
    {
        var specimen = remembered == Era.Initialize ? Specimens.HealthyDiscover : Specimens.Healthy;

        var result = await Probes.ProbeAsync(specimen, order => order with { Era = remembered });

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.NotEqual(remembered, result.Observed.Era);
    }

    [Fact]
    public async Task A_revision_newer_than_ours_is_spoken_and_noted()
    {
        var result = await Probes.ProbeAsync(Specimens.DiscoverNewer);

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(("2027-03-01", Era.Discover), (result.Observed.ProtocolVersion, result.Observed.Era));
        Assert.Equal("version_newer_than_ours", Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task A_server_that_says_our_request_is_wrong_is_not_asked_otherwise()
    {
        var result = await Probes.ProbeAsync(Specimens.DiscoverMismatch);

        Assert.Equal(Expected.Down(Why.HandshakeError, ProbeStep.Discover), Expected.Of(result));
        Assert.Equal(1, result.Observed.Requests);
    }

    [Fact]
    public async Task A_modern_answer_that_lacks_versions_is_incomplete()
    {
        var result = await Probes.ProbeAsync(Specimens.DiscoverIncomplete);

        Assert.Equal(Expected.Down(Why.HandshakeIncomplete, ProbeStep.Discover), Expected.Of(result));
    }

    [Fact]
    public async Task A_stateless_request_carries_version_and_method_in_headers_and_meta()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyDiscover);

        await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Equal(
            ["server/discover", "tools/list"],
            server.Requests.Select(request => request.Header("Mcp-Method"))
        );
        Assert.All(server.Requests, request => Assert.Equal("2026-07-28", request.Header("MCP-Protocol-Version")));
        Assert.All(
            server.Requests,
            request => Assert.Contains("io.modelcontextprotocol/clientInfo", request.Body, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_probe_says_who_it_is_and_keeps_to_itself()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyWithSessions);

        await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.All(
            server.Requests,
            request => Assert.StartsWith("AliveMCP/", request.Header("User-Agent"), StringComparison.Ordinal)
        );
        Assert.All(
            server.Requests,
            request => Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", request.Header("traceparent"))
        );
        Assert.All(server.Requests, request => Assert.Null(request.Header("Cookie")));
    }
}
