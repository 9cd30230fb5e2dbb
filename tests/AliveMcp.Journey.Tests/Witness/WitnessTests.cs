using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Journey.Tests.Witness;

/// <summary>Our hand-written probe and the official SDK look at servers that neither wrote, and must see the same.</summary>
public sealed class WitnessTests(RealServers servers) : IClassFixture<RealServers>
{
    private const string Events = "text/event-stream";
    private const string Json = "application/json";

    public static TheoryData<string> Servers => [.. RealServerRecipe.All.Keys];

    /// <summary>What is known of each: its era, transport, tools; sessions and framing in the older era; whether the newer one answers beside it.</summary>
    public static TheoryData<string, Era, McpTransport, int, bool, string?, bool?> Facts =>
        new()
        {
            { "everything", Era.Initialize, McpTransport.Http, 13, true, Events, false },
            { "everything over SSE", Era.Initialize, McpTransport.Sse, 13, false, null, null },
            { "everything behind a proxy", Era.Discover, McpTransport.Http, 13, true, Events, true },
            { "context7", Era.Discover, McpTransport.Http, 2, false, Events, true },
            { "chart", Era.Initialize, McpTransport.Http, 27, false, Json, false },
            { "memory behind a stateless gateway", Era.Initialize, McpTransport.Http, 9, false, Events, false },
            { "memory behind a stateful gateway", Era.Initialize, McpTransport.Http, 9, true, Events, false },
            { "memory over SSE", Era.Initialize, McpTransport.Sse, 9, false, null, null },
            { "files behind a proxy", Era.Discover, McpTransport.Http, 14, true, Events, true },
            { "thinking behind a locked proxy", Era.Initialize, McpTransport.Http, 1, true, Events, false },
            { "notion", Era.Initialize, McpTransport.Http, 24, true, Events, false },
            { "playwright", Era.Initialize, McpTransport.Http, 25, true, Events, false },
            { "map", Era.Initialize, McpTransport.Http, 2, false, Events, false },
            { "figma", Era.Initialize, McpTransport.Http, 2, false, Events, false },
            { "firecrawl", Era.Initialize, McpTransport.Http, 26, false, Events, false },
        };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task The_probe_and_the_official_SDK_see_the_same_tools_and_version(string name)
    {
        var seen = await servers.SeeAsync(name);

        Assert.All(
            [seen.Auto, seen.Older],
            ours =>
                Assert.Equal(
                    (ServerState.Live, VerifiedTo.Tools, null),
                    (ours.Attempt.State, ours.Attempt.VerifiedTo, ours.Attempt.Detail)
                )
        );
        Assert.NotEmpty(seen.WitnessTools);
        Assert.Equal(seen.WitnessTools, Sighted.NamesOf(seen.Auto));
        Assert.Equal(seen.WitnessTools, Sighted.NamesOf(seen.Older));
        Assert.Equal(seen.WitnessProtocol, seen.Auto.Observed.ProtocolVersion);
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public async Task The_probe_tells_what_kind_of_server_it_is_in_both_eras(
        string name,
        Era era,
        McpTransport transport,
        int tools,
        bool sessions,
        string? framing,
        bool? speaksNewer
    )
    {
        var seen = await servers.SeeAsync(name);

        var (auto, older) = (seen.Auto.Observed, seen.Older.Observed);
        Assert.Equal((era, transport, tools), (auto.Era, auto.Transport, auto.ToolCount));
        Assert.Equal((Era.Initialize, transport, tools), (older.Era, older.Transport, older.ToolCount));
        Assert.Equal((era == Era.Initialize && sessions, sessions), (auto.IssuesSessions, older.IssuesSessions));
        Assert.Equal((false, false), (auto.DeleteRefused, older.DeleteRefused));
        Assert.Equal(framing, transport == McpTransport.Http ? seen.Framing : null);
        Assert.Equal(speaksNewer, older.OtherLegAnswers);
    }

    [Fact]
    public async Task A_real_server_that_is_gone_refuses_and_is_down()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await RealServer.StartAsync(RealServerRecipe.All["chart"], cancellationToken);
        await server.DisposeAsync();
        var guard = new EgressGuard(new EgressOptions { Allow = [$"127.0.0.1/32:{server.Url.Port}"] });

        var gone = await new ServerProbe(guard, TimeProvider.System).ProbeAsync(
            new ProbeOrder { Url = server.Url },
            cancellationToken
        );

        Assert.Equal((ServerState.Down, Why.ConnectionRefused), (gone.Attempt.State, gone.Attempt.Why));
    }
}
