using System.CommandLine;

namespace AliveMcp.Cli.Up;

/// <summary><c>alivemcp up</c>: everything on this machine, until Ctrl-C.</summary>
internal static class UpCommand
{
    private const string Description =
        "Run everything on this machine: servers, probers, pages, and a table of verdicts.";

    private const string Notes = """
        Environment:
          ALIVEMCP_HOME                        where everything is kept, instead of ./.alivemcp
          ALIVEMCP_REGIONS                     a prober for each, for example us-east:Ashburn,eu-west:Dublin (default: local)
          ALIVEMCP_EXIT_AFTER_FIRST_VERDICT=1  stop once every demo server has a verdict that can be read
          ConnectionStrings__Postgres          use this Postgres instead of a private one
          ConnectionStrings__Redis             use this Redis-protocol server instead of the embedded one
          Egress__Allow__0                     also probe these addresses, for example 10.0.0.0/8:*

        Exit codes:
          0   stopped as asked
          1   the first verdicts did not come in time
          64  the command line is wrong
          69  something needed is not there: a taken port, an unreachable server, a folder held by another process
          78  a setting or the servers file is wrong

        Examples:
          alivemcp up
          alivemcp up --servers ./alivemcp.yaml --no-demo --detach
          alivemcp down
        """;

    private static readonly Option<bool> Detach = new("--detach")
    {
        Description = "Return once everything runs; stop it with 'alivemcp down'.",
    };

    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "Start and watch no demo servers." };

    private static readonly Option<string?> Servers = new("--servers")
    {
        Description = "The servers file to apply; without it ./alivemcp.yaml, if there is one.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Where to listen; without it http://127.0.0.1:8080.",
        HelpName = "URLS",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("up", Description, Notes) { Detach, NoDemo, Servers, Urls };
        command.SetAction((parsed, cancellationToken) => UpRun.RunAsync(Read(parsed), terminal, cancellationToken));
        return command;
    }

    private static UpOptions Read(ParseResult parsed)
    {
        const string usual = "alivemcp.yaml";
        var exits = Environment.GetEnvironmentVariable("ALIVEMCP_EXIT_AFTER_FIRST_VERDICT") == "1";
        return new UpOptions
        {
            Home = UpOptions.HomeOf(Environment.GetEnvironmentVariable),
            Regions = Environment.GetEnvironmentVariable("ALIVEMCP_REGIONS"),
            Demo = !parsed.GetValue(NoDemo),
            ServersFile =
                parsed.GetValue(Servers) is { } file ? Path.GetFullPath(file)
                : File.Exists(usual) ? Path.GetFullPath(usual)
                : null,
            Urls = parsed.GetValue(Urls),
            // Whoever waits for verdicts does not leave before they are there.
            Detach = parsed.GetValue(Detach) && !exits,
            ExitAfterFirstVerdict = exits,
        };
    }
}
