using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;
using Spectre.Console;

namespace AliveMcp.Cli.Looking;

/// <summary>Looks at a server with the very probe that the service uses, and takes down the whole conversation.</summary>
internal static class Looker
{
    /// <param name="isQuiet">Nothing may be written while it looks: a program reads what comes.</param>
    public static Task<Sight> LookAsync(Look look, Terminal terminal, bool isQuiet, CancellationToken cancellationToken)
    {
        if (!terminal.IsRich || isQuiet)
        {
            return SeeAsync(look, terminal, cancellationToken);
        }

        var host = Markup.Escape(SafeText.Of(look.Order.Url.Host, 60));
        return terminal
            .Console.Status()
            .Spinner(Spinner.Known.Dots)
            .StartAsync($"looking at {host}", _ => SeeAsync(look, terminal, cancellationToken));
    }

    private static async Task<Sight> SeeAsync(Look look, Terminal terminal, CancellationToken cancellationToken)
    {
        await Rehearsal.RunAsync(terminal.Time, cancellationToken);
        var guard = new EgressGuard(new EgressOptions { AllowPrivate = look.AllowPrivate });
        var probe = new ServerProbe(guard, terminal.Time) { ExtraRoots = look.Authorities };
        var transcript = new Transcript { ShowsAddresses = true };
        var result = await probe.ProbeAsync(look.Order, transcript, cancellationToken);
        return new Sight(result, transcript.Connections, transcript.Exchanges);
    }
}
