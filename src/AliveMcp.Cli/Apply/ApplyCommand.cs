using System.CommandLine;
using AliveMcp.Cli.Install;

namespace AliveMcp.Cli.Apply;

/// <summary><c>alivemcp apply</c>: makes a running install what a file says.</summary>
internal static class ApplyCommand
{
    private const string Description =
        "Make servers, sinks and rules of a running install what a file says; the diff is shown first.";

    private const string Notes = """
        A server that leaves the file is paused and keeps its history, a rule is switched off, a sink stays; --prune erases them, history and all.
        A list that the file does not have at its top (servers, sinks, rules) is not touched.

        No secret stands in the file: a sink says { env: NAME } or { file: PATH }. Both are read here, where the command runs, and sent along.
        A sink that is made new is unproven; the last lines say what proves it.

        When anything in the file is wrong, all of it is told and nothing is changed.

        Exit codes:
          0   applied, or nothing to do
          64  the command line is wrong
          65  the file is refused
          66  the file cannot be read
          69  the install does not answer
          77  the token is missing, or not good for this

        Examples:
          alivemcp apply -f alivemcp.yaml --dry-run
          alivemcp apply -f alivemcp.yaml --prune
          OPS_URL="$(pass ops-slack)" alivemcp apply -f alivemcp.yaml
          generate-servers | alivemcp apply -f -
        """;

    private static readonly Option<string> FileOption = new("--file", "-f")
    {
        Description = "The file, YAML or JSON; - reads standard input.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<bool> Prune = new("--prune")
    {
        Description = "Erase what left the file, servers with all their history, instead of pausing it.",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Show what would change, and stop there.",
    };

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("apply", Description, Notes) { FileOption, Prune, DryRun, Url, TokenFile };
        command.SetAction((parsed, cancellationToken) => ApplyRun.RunAsync(Read(parsed), terminal, cancellationToken));
        return command;
    }

    private static ApplyArguments Read(ParseResult parsed) =>
        new()
        {
            File = parsed.GetRequiredValue(FileOption),
            Prune = parsed.GetValue(Prune),
            DryRun = parsed.GetValue(DryRun),
            Url = parsed.GetRequiredValue(Url),
            TokenFile = parsed.GetRequiredValue(TokenFile),
        };
}
