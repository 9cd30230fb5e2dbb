using AliveMcp.Cli.Looking;
using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Probe;

/// <summary>Looks, shows, and turns the verdict into an exit code.</summary>
internal static class ProbeRun
{
    public static async Task<int> RunAsync(
        ProbeArguments arguments,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var isQuiet = arguments.AsJson || arguments.AsJunit;
        var sight = await Looker.LookAsync(arguments.Look, terminal, isQuiet, cancellationToken);
        var code = ExitCode(arguments, sight.Result);
        if (arguments.JunitFile is { } file)
        {
            await WriteAsync(file, JunitReport.Write(arguments, sight, code, terminal.Time), cancellationToken);
        }

        if (arguments.AsJunit)
        {
            await terminal.Out.WriteLineAsync(JunitReport.Write(arguments, sight, code, terminal.Time));
        }
        else if (arguments.AsJson)
        {
            await terminal.Out.WriteLineAsync(ProbeJson.Print(arguments, sight));
        }
        else
        {
            if (arguments.Traces)
            {
                TraceView.Show(terminal, arguments.Look, sight);
            }

            ProbeView.Show(terminal, arguments, sight);
        }

        return code;
    }

    /// <summary>The exit code of a look: that of its verdict, unless the caller is stricter or more lenient.</summary>
    public static int ExitCode(ProbeArguments arguments, ProbeResult result)
    {
        var code = ExitCode(arguments.Look.Order.Expectations.Protection, result.Attempt);
        if (code == ExitCodes.Degraded && arguments.FailOn == FailOn.Down)
        {
            return ExitCodes.Fine;
        }

        return
            code is ExitCodes.Fine or ExitCodes.Protected
            && (IsTooMuch(arguments.FailOn, result) || LacksCall(arguments, result))
            ? ExitCodes.Degraded
            : code;
    }

    /// <summary>The exit code of a verdict; a gate that was expected is as good as an open door.</summary>
    public static int ExitCode(ProtectionExpectation expected, ProbeAttempt attempt) =>
        attempt.State switch
        {
            ServerState.Live when StopsAtGate(attempt) && expected != ProtectionExpectation.Protected =>
                ExitCodes.Protected,
            ServerState.Live => ExitCodes.Fine,
            ServerState.Degraded => ExitCodes.Degraded,
            ServerState.Down => ExitCodes.Down,
            _ => ExitCodes.Unknown,
        };

    /// <summary>Whether the door asked to sign in and nothing behind it was seen.</summary>
    public static bool StopsAtGate(ProbeAttempt attempt) =>
        attempt is { Access: Access.Protected, VerifiedTo: VerifiedTo.Nothing or VerifiedTo.Gate };

    /// <summary>A call was asked for and not made: nobody may take the verdict for its success.</summary>
    public static bool LacksCall(ProbeArguments arguments, ProbeResult result) =>
        arguments.Look.Order.Expectations.TestCalls.Count > 0
        && result.Attempt is { State: ServerState.Live, VerifiedTo: < VerifiedTo.TestCall };

    private static bool IsTooMuch(FailOn level, ProbeResult result) =>
        (level >= FailOn.Security && result.Findings.Any(finding => finding.Class == "security"))
        || (level >= FailOn.Finding && result.Findings.Count > 0)
        || (level >= FailOn.Warning && result.Warnings.Count > 0);

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(file, text + "\n", cancellationToken);
        }
        catch (Exception e) when (Flags.IsOfFile(e))
        {
            throw new CallFailedException(
                ExitCodes.NoInput,
                $"--junit is '{Flags.Shown(file)}': it cannot be written ({SafeText.Of(e.Message, 120)})."
            );
        }
    }
}
