using System.CommandLine;
using AliveMcp.Cli.Install;

namespace AliveMcp.Cli.Import;

/// <summary><c>alivemcp import</c>: makes a running install watch what another tool's file lists.</summary>
internal static class ImportCommand
{
    private const string Description =
        "Watch what another tool's file lists: mcp.json, server.json, Uptime Kuma, Gatus; the diff is shown first.";

    private const string Notes = """
        It only adds: what is watched already stays as it is, and what has no URL is told and left out.
        Headers and secrets are not taken over. New servers are private unless --public is given.

        Exit codes:
          0   imported, or nothing to do
          64  the command line is wrong
          65  the file is refused
          66  the file cannot be read
          69  the install does not answer
          77  the token is missing, or not good for this

        Examples:
          alivemcp import ~/.cursor/mcp.json --dry-run
          alivemcp import gatus.yaml
        """;

    private static readonly Argument<string> FileArgument = new("file")
    {
        Description = "The file; - reads standard input.",
    };

    private static readonly Option<bool> Public = new("--public")
    {
        Description = "Make the new servers public: their status is everybody's to see.",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Show what would change, and stop there.",
    };

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("import", Description, Notes) { FileArgument, Public, DryRun, Url, TokenFile };
        command.SetAction(
            (parsed, cancellationToken) =>
                ImportRun.RunAsync(
                    new ImportArguments(
                        parsed.GetRequiredValue(FileArgument),
                        parsed.GetValue(Public),
                        parsed.GetValue(DryRun),
                        parsed.GetRequiredValue(Url),
                        parsed.GetRequiredValue(TokenFile)
                    ),
                    terminal,
                    cancellationToken
                )
        );
        return command;
    }
}

/// <summary>What <c>alivemcp import</c> was asked.</summary>
internal sealed record ImportArguments(string File, bool IsPublic, bool DryRun, Uri Url, string TokenFile);
