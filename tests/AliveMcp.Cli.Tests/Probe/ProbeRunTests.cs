using AliveMcp.Cli.Probe;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Tests.Probe;

public sealed class ProbeRunTests
{
    [Theory]
    [InlineData(ServerState.Live, Access.Open, VerifiedTo.Tools, ProtectionExpectation.Auto, 0)]
    [InlineData(ServerState.Live, Access.Open, VerifiedTo.Tools, ProtectionExpectation.Open, 0)]
    [InlineData(ServerState.Live, Access.Protected, VerifiedTo.Gate, ProtectionExpectation.Auto, 3)]
    [InlineData(ServerState.Live, Access.Protected, VerifiedTo.Gate, ProtectionExpectation.Protected, 0)]
    [InlineData(ServerState.Live, Access.Protected, VerifiedTo.Tools, ProtectionExpectation.Auto, 0)]
    [InlineData(ServerState.Degraded, Access.Protected, VerifiedTo.Gate, ProtectionExpectation.Open, 1)]
    [InlineData(ServerState.Degraded, Access.Open, VerifiedTo.Tools, ProtectionExpectation.Protected, 1)]
    [InlineData(ServerState.Down, Access.Unknown, VerifiedTo.Nothing, ProtectionExpectation.Auto, 2)]
    [InlineData(ServerState.Unknown, Access.Unknown, VerifiedTo.Nothing, ProtectionExpectation.Auto, 4)]
    public void The_exit_code_tells_the_verdict(
        ServerState state,
        Access access,
        VerifiedTo depth,
        ProtectionExpectation expected,
        int code
    )
    {
        var attempt = new ProbeAttempt
        {
            State = state,
            Access = access,
            VerifiedTo = depth,
        };

        Assert.Equal(code, ProbeRun.ExitCode(expected, attempt));
    }
}
