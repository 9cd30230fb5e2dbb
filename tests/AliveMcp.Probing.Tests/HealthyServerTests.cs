using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

public sealed class HealthyServerTests
{
    public static TheoryData<Specimen, Era, McpTransport> Kinds =>
        new()
        {
            { Specimens.Healthy, Era.Initialize, McpTransport.Http },
            { Specimens.HealthyWithSessions, Era.Initialize, McpTransport.Http },
            { Specimens.HealthySse, Era.Initialize, McpTransport.Http },
            { Specimens.HealthySseLeftOpen, Era.Initialize, McpTransport.Http },
            { Specimens.HealthyDiscover, Era.Discover, McpTransport.Http },
            { Specimens.HealthyDual, Era.Discover, McpTransport.Http },
            { Specimens.HealthyLegacySse, Era.Initialize, McpTransport.Sse },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_healthy_server_of_any_kind_is_live_and_verified_to_its_tools(
        Specimen specimen,
        Era era,
        McpTransport transport
    )
    {
        var result = await Probes.ProbeAsync(specimen);

        Assert.Equal((ServerState.Live, Why.None), (result.Attempt.State, result.Attempt.Why));
        Assert.Null(result.Attempt.FailedAt);
        Assert.Equal((Access.Open, VerifiedTo.Tools), (result.Attempt.Access, result.Attempt.VerifiedTo));
        Assert.Equal((era, transport), (result.Observed.Era, result.Observed.Transport));
        Assert.Equal(12, result.Observed.ToolCount);
        Assert.Equal("fake", result.Observed.ServerName);
        Assert.StartsWith("sha256:", result.Observed.ContractHash, StringComparison.Ordinal);
        Assert.True(result.Attempt.Phases is { Connect: > 0, Handshake: > 0, Tools: > 0, FirstByte: > 0, Total: > 0 });
        Assert.Empty(result.Findings);
        Assert.Empty(result.Warnings);
    }
}
