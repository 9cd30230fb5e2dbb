using AliveMcp.Cli.Looking;
using AliveMcp.Vocabulary;
using Spectre.Console;

namespace AliveMcp.Cli.Probe;

/// <summary>A probe as people read it: a line a phase, the verdict with its explanation, what was learned.</summary>
internal static class ProbeView
{
    public static void Show(Terminal terminal, ProbeArguments arguments, Sight sight)
    {
        var console = terminal.Console;
        var url = SafeText.Of(arguments.Look.Order.Url.OriginalString);
        console.WriteLine();
        console.Write(
            new Padder(new Text(url, new Style(decoration: Decoration.Bold)), new Padding(1, 0, 0, 0))
            {
                Expand = false,
            }
        );
        console.WriteLine();
        var phases = Phases.Of(arguments.Look, sight, terminal.Time.GetUtcNow());
        console.Write(PhaseTable.Draw(terminal, sight.Result.Attempt.State, phases));
        console.WriteLine();
        VerdictBlock.Show(console, arguments, sight);
        console.WriteLine();
        console.Write(FactLines.Draw(sight.Result));
        console.WriteLine();
    }
}
