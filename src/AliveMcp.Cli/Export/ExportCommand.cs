using System.CommandLine;
using AliveMcp.Cli.Install;

namespace AliveMcp.Cli.Export;

/// <summary><c>alivemcp export data</c>: takes everything along that an install keeps of its owner's servers.</summary>
internal static class ExportCommand
{
    private const string Description = "Take your data along: servers, settings, history, contracts, evidence.";

    private const string Notes = """
        What is written to the folder:
          alivemcp-settings.ndjson   servers, timeline, planned maintenance, contracts, declared drift
          alivemcp-2026-10.ndjson    one file a month: days, hours, minutes, evidence
        With --format csv each is a .zip of tables. Secrets are in none of them.

        The last line of a file (manifest.json of a .zip) counts its rows and holds their SHA-256. Files of months that are over and that hold
        are kept as they are: run the command again to go on where it broke off.

        Exit codes:
          0   everything is there
          64  the command line is wrong
          65  refused
          66  the folder cannot be written
          69  the install does not answer, or broke off
          77  the token is missing, or not good for this

        Examples:
          alivemcp export data --out export/
          alivemcp export data --out export/ --format csv
        """;

    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The folder to write to; it is made.",
        HelpName = "FOLDER",
        Required = true,
    };

    private static readonly Option<string> Format = Formats();

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    public static Command Create(Terminal terminal)
    {
        var data = new NotedCommand("data", Description, Notes) { Out, Format, Url, TokenFile };
        data.SetAction(
            (parsed, cancellationToken) =>
                ExportRun.RunAsync(
                    new ExportArguments(
                        parsed.GetRequiredValue(Out),
                        parsed.GetRequiredValue(Format) == "csv",
                        parsed.GetRequiredValue(Url),
                        parsed.GetRequiredValue(TokenFile)
                    ),
                    terminal,
                    cancellationToken
                )
        );
        return new Command("export", "Take your data along.") { data, ExportServersCommand.Create(terminal) };
    }

    private static Option<string> Formats()
    {
        var format = new Option<string>("--format")
        {
            Description = "ndjson, lines of JSON, or csv, tables for a spreadsheet.",
            DefaultValueFactory = _ => "ndjson",
        };
        format.AcceptOnlyFromAmong("ndjson", "csv");
        return format;
    }
}
