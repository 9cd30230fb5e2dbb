using System.CommandLine;
using AliveMcp.Cli.Install;

namespace AliveMcp.Cli.Apply;

/// <summary><c>alivemcp apply</c>: makes a running install watch what a servers file says.</summary>
internal static class ApplyCommand
{
    private const string Description =
        "Make a running install watch what a servers file says; the diff is shown first.";

    private const string Notes = """
        What leaves the file is paused and keeps its history; --prune erases it, history and all.
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
          generate-servers | alivemcp apply -f -
        """;

    private static readonly Option<string> FileOption = new("--file", "-f")
    {
        Description = "The servers file, YAML or JSON; - reads standard input.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<bool> Prune = new("--prune")
    {
        Description = "Erase the servers that left the file, with all their history, instead of pausing them.",
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
