using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

public sealed class RpcTests
{
    [Theory]
    [InlineData("2027-05-05", "version_newer_than_ours")]
    public async Task A_version_newer_than_ours_is_a_finding(string version, string code)
    {
        var result = await Probes.ProbeAsync(Specimens.Speaks(version));

        Assert.Equal(code, Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task An_initialized_that_is_not_answered_by_202_is_a_finding()
    {
        var result = await Probes.ProbeAsync(Specimens.InitializedWith200);

        Assert.Equal("initialized_not_202", Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task A_server_that_never_offered_tools_is_not_asked_for_a_list()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.NoTools);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.DoesNotContain(server.Requests, request => request.Rpc == "tools/list");
        Assert.Equal((VerifiedTo.Handshake, 0), (result.Attempt.VerifiedTo, result.Observed.ToolCount));
    }

    [Theory]
    [InlineData("2024-11-05", null)]
    [InlineData("2025-03-26", null)]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    public async Task The_negotiated_version_travels_in_a_header_from_2025_06_18_on(string version, string? header)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Speaks(version));

        await Probes.ProbeAsync(Probes.Order(server.Url) with { Era = Era.Initialize });

        Assert.Null(server.Requests[0].Header("MCP-Protocol-Version"));
        Assert.All(server.Requests.Skip(1), request => Assert.Equal(header, request.Header("MCP-Protocol-Version")));
    }
}
