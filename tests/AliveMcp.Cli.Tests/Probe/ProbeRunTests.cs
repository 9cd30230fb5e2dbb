using AliveMcp.Cli.Looking;
using AliveMcp.Cli.Probe;
using AliveMcp.Probing;
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

    [Theory]
    [InlineData("degraded", ServerState.Degraded, null, false, 1)]
    [InlineData("down", ServerState.Degraded, null, false, 0)]
    [InlineData("down", ServerState.Down, null, false, 2)]
    [InlineData("degraded", ServerState.Live, "security", true, 0)]
    [InlineData("security", ServerState.Live, "security", false, 1)]
    [InlineData("security", ServerState.Live, "interop", true, 0)]
    [InlineData("finding", ServerState.Live, "interop", false, 1)]
    [InlineData("finding", ServerState.Live, null, true, 0)]
    [InlineData("warning", ServerState.Live, null, true, 1)]
    [InlineData("warning", ServerState.Live, null, false, 0)]
    [InlineData("warning", ServerState.Unknown, null, true, 4)]
    public void The_caller_decides_from_where_on_a_look_fails(
        string level,
        ServerState state,
        string? finding,
        bool warns,
        int code
    )
    {
        var arguments = new ProbeArguments
        {
            Look = new Look { Order = new ProbeOrder { Url = new Uri("http://x.example/mcp") } },
            FailOn = Enum.Parse<FailOn>(level, ignoreCase: true),
        };
        var result = new ProbeResult
        {
            Attempt = new ProbeAttempt { State = state },
            Observed = new Observed(),
            Warnings = warns ? ["soon"] : [],
            Findings = finding is null ? [] : [new ProbeFinding(finding, "code", null, "detail")],
        };

        Assert.Equal(code, ProbeRun.ExitCode(arguments, result));
    }
}
