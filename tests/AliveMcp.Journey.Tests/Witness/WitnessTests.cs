using System.Text.Json;
using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using ModelContextProtocol.Client;

namespace AliveMcp.Journey.Tests.Witness;

/// <summary>Our hand-written probe and the official SDK look at servers that neither wrote, and must see the same.</summary>
public sealed class WitnessTests
{
    public static TheoryData<string> Servers => [.. RealServerRecipe.All.Keys];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task The_probe_and_the_official_SDK_see_the_same_tools_and_version(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await RealServer.StartAsync(RealServerRecipe.All[name], cancellationToken);

        var ours = await ProbeAsync(server.Url, cancellationToken);
        var (protocol, tools) = await WitnessAsync(server.Url, cancellationToken);

        Assert.Equal(
            (ServerState.Live, VerifiedTo.Tools, null),
            (ours.Attempt.State, ours.Attempt.VerifiedTo, ours.Attempt.Detail)
        );
        Assert.NotEmpty(tools);
        Assert.Equal(tools, NamesOf(ours));
        Assert.Equal(protocol, ours.Observed.ProtocolVersion);
    }

    [Theory]
    [InlineData("everything", Era.Initialize, McpTransport.Http, true)]
    [InlineData("everything over SSE", Era.Initialize, McpTransport.Sse, false)]
    [InlineData("context7", Era.Discover, McpTransport.Http, false)]
    [InlineData("chart", Era.Initialize, McpTransport.Http, false)]
    [InlineData("proxied everything", Era.Discover, McpTransport.Http, false)]
    public async Task The_probe_tells_what_kind_of_server_it_is(
        string name,
        Era era,
        McpTransport transport,
        bool sessions
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await RealServer.StartAsync(RealServerRecipe.All[name], cancellationToken);

        var seen = (await ProbeAsync(server.Url, cancellationToken)).Observed;

        Assert.Equal((era, transport, sessions), (seen.Era, seen.Transport, seen.IssuesSessions));
        Assert.False(seen.DeleteRefused);
    }

    [Fact]
    public async Task A_real_server_that_is_gone_refuses_and_is_down()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await RealServer.StartAsync(RealServerRecipe.All["chart"], cancellationToken);
        await server.DisposeAsync();

        var attempt = (await ProbeAsync(server.Url, cancellationToken)).Attempt;

        Assert.Equal((ServerState.Down, Why.ConnectionRefused), (attempt.State, attempt.Why));
    }

    private static Task<ProbeResult> ProbeAsync(Uri url, CancellationToken cancellationToken)
    {
        var guard = new EgressGuard(new EgressOptions { Allow = [$"127.0.0.1/32:{url.Port}"] });
        return new ServerProbe(guard, TimeProvider.System).ProbeAsync(new ProbeOrder { Url = url }, cancellationToken);
    }

    private static async Task<(string? Protocol, IReadOnlyList<string> Tools)> WitnessAsync(
        Uri url,
        CancellationToken cancellationToken
    )
    {
        await using var transport = new HttpClientTransport(
            new HttpClientTransportOptions { Endpoint = url, EnableStandaloneGetStream = false }
        );
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
        var tools = await client.ListToolsAsync(cancellationToken: cancellationToken);
        return (client.NegotiatedProtocolVersion, [.. tools.Select(tool => tool.Name).Order(StringComparer.Ordinal)]);
    }

    private static IReadOnlyList<string> NamesOf(ProbeResult result)
    {
        using var contract = JsonDocument.Parse(result.Contract!.Canonical);
        return
        [
            .. contract
                .RootElement.GetProperty("tools")
                .EnumerateArray()
                .Select(tool => tool.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal),
        ];
    }
}
