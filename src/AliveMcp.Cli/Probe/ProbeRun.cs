using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Spectre.Console;

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
        var guard = new EgressGuard(new EgressOptions { AllowPrivate = arguments.AllowPrivate });
        var probe = new ServerProbe(guard, terminal.Time);
        var result = await LookAsync(probe, arguments, terminal, cancellationToken);
        if (arguments.AsJson)
        {
            await terminal.Out.WriteLineAsync(ProbeJson.Print(arguments.Order, result));
        }
        else
        {
            ProbeView.Show(terminal, arguments, result);
        }

        return ExitCode(arguments.Order.Expectations.Protection, result.Attempt);
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

    private static Task<ProbeResult> LookAsync(
        ServerProbe probe,
        ProbeArguments arguments,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        if (!terminal.IsRich || arguments.AsJson)
        {
            return RehearsedAsync(probe, arguments.Order, terminal, cancellationToken);
        }

        var host = Markup.Escape(SafeText.Of(arguments.Order.Url.Host, 60));
        return terminal
            .Console.Status()
            .Spinner(Spinner.Known.Dots)
            .StartAsync($"looking at {host}", _ => RehearsedAsync(probe, arguments.Order, terminal, cancellationToken));
    }

    private static async Task<ProbeResult> RehearsedAsync(
        ServerProbe probe,
        ProbeOrder order,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        await Rehearsal.RunAsync(terminal.Time, cancellationToken);
        return await probe.ProbeAsync(order, cancellationToken);
    }
}
