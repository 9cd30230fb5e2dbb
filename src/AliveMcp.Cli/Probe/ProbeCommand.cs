using System.CommandLine;
using AliveMcp.Cli.Looking;

namespace AliveMcp.Cli.Probe;

/// <summary><c>alivemcp probe</c>: one look at one server, from here, needing nothing but the network.</summary>
internal static class ProbeCommand
{
    private const string Description =
        "Look at an MCP server once, the way an agent does: connect, shake hands, read the tool list, judge.";

    private const string Notes = """
        The look leaves no session behind and calls no tool unless --call names one. A credential goes to the
        URL's own origin over https (or in your own network) and nowhere else; it is never printed.

        Exit codes:
          0   live
          1   degraded, the --call could not be made, or --fail-on found what it names
          2   down
          3   live but protected, not verified beyond the gate (0 with --expect protected)
          4   unknown: we could not look
          64  the command line is wrong
          65  a file that was named does not hold what it should
          66  a file that was named cannot be read

        Examples:
          alivemcp probe https://mcp.example.com/mcp
          alivemcp probe https://mcp.example.com/mcp --expect protected --json
          alivemcp probe https://mcp.example.com/mcp --bearer-env TOKEN --expect-tool search
          alivemcp probe https://mcp.example.com/mcp --call get_forecast --args '{"city":"Bern"}' \
            --expect '$.structuredContent.temperature' --within 2
          alivemcp probe https://mcp.example.com/mcp --junit probe.xml --fail-on security
          alivemcp probe http://127.0.0.1:8080/mcp --allow-private --trace
        """;

    private static readonly Argument<Uri> Url = LookFlags.Url("The server's endpoint, http or https.");

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("probe", Description, Notes) { Url };
        LookFlags.AddTo(command);
        ExpectFlags.AddTo(command);
        ReportFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var look = LookFlags.Read(parsed, parsed.GetRequiredValue(Url));
        var arguments = ReportFlags.Read(parsed, look with { Order = ExpectFlags.Read(parsed, look.Order) });
        await CredentialFlags.WarnAsync(parsed, terminal);
        return await ProbeRun.RunAsync(arguments, terminal, cancellationToken);
    }
}
