using System.CommandLine;
using AliveMcp.Cli.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Export;

/// <summary><c>alivemcp export servers</c>: the servers file of what is watched, for <c>alivemcp apply</c>.</summary>
internal static class ExportServersCommand
{
    private const string Description = "Write the file of servers, sinks and rules, for alivemcp apply.";

    private const string Notes = """
        Applied to the same install it changes nothing, but for taking over what was made in the API. No secret is in it: a sink names the
        environment variable that is to hold its own, and needs it only where the sink is not there yet.

        Exit codes:
          0   written
          66  the file cannot be written
          69  the install does not answer
          77  the token is missing, or not good for this

        Examples:
          alivemcp export servers --out alivemcp.json
          alivemcp apply -f alivemcp.json --dry-run
        """;

    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The file to write to; - is standard output.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "-",
    };

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("servers", Description, Notes) { Out, Url, TokenFile };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    (parsed.GetRequiredValue(Url), parsed.GetRequiredValue(TokenFile)),
                    parsed.GetRequiredValue(Out),
                    terminal,
                    cancellationToken
                )
        );
        command.Aliases.Add("config");
        return command;
    }

    private static async Task<int> RunAsync(
        (Uri Url, string TokenFile) place,
        string path,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var token = await InstallPlace.TokenAsync(place.TokenFile, cancellationToken);
        using var install = new InstallClient(place.Url, token);
        var file = path == "-" ? Path.GetTempFileName() : path;
        try
        {
            await install.SaveAsync("/api/v1/export/servers", file, cancellationToken);
            if (path == "-")
            {
                await terminal.Out.WriteLineAsync(await File.ReadAllTextAsync(file, cancellationToken));
            }

            return ExitCodes.Fine;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(
                ExitCodes.NoInput,
                $"{SafeText.Of(path)} cannot be written: {SafeText.Of(fault.Message)}"
            );
        }
        finally
        {
            if (path == "-")
            {
                File.Delete(file);
            }
        }
    }
}
