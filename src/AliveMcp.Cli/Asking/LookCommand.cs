using System.CommandLine;
using AliveMcp.Cli.Install;
using AliveMcp.Cli.Looking;

namespace AliveMcp.Cli.Asking;

/// <summary><c>alivemcp look</c>: has a running install look at a server now.</summary>
internal static class LookCommand
{
    private const string Description =
        "Have a running install look at one of its servers now, and watch it step by step.";

    private const string Notes = """
        The look is made by a prober of the install, from its region and with what the install
        knows of the server. It is for your eyes only: no minute hears of it. To look from here,
        use 'alivemcp probe'.

        Exit codes:
          0   live
          1   degraded
          2   down
          3   live but protected, and not verified beyond the gate
          4   unknown: we could not look
          64  the command line is wrong
          65  there is no such server, or it is not its turn
          69  the install does not answer
          77  the token is missing, or not good for this

        Examples:
          alivemcp look weather
          alivemcp look weather --region eu-west --json
        """;

    private static readonly Argument<string> Server = new("server") { Description = "The server's slug." };

    private static readonly Option<string> Region = Flags.Text(
        "--region",
        "NAME",
        "From which region; from any that looks at it unless told."
    );

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead." };

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("look", Description, Notes) { Server, Region, Json, Url, TokenFile };
        command.SetAction((parsed, cancellationToken) => LookRun.RunAsync(Read(parsed), terminal, cancellationToken));
        return command;
    }

    private static LookArguments Read(ParseResult parsed) =>
        new()
        {
            Server = parsed.GetRequiredValue(Server),
            Region = parsed.GetValue(Region),
            AsJson = parsed.GetValue(Json),
            Url = parsed.GetRequiredValue(Url),
            TokenFile = parsed.GetRequiredValue(TokenFile),
        };
}
