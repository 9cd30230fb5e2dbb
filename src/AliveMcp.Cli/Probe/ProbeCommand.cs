using System.CommandLine;
using System.CommandLine.Parsing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Probe;

/// <summary><c>alivemcp probe</c>: one look at one server, from here, needing nothing but the network.</summary>
internal static class ProbeCommand
{
    private const string Description =
        "Look at an MCP server once, the way an agent does: connect, shake hands, read the tool list, judge.";

    private const string Notes = """
        Exit codes:
          0   live
          1   degraded
          2   down
          3   live but protected, not verified beyond the gate (0 with --expect protected)
          4   unknown: we could not look
          64  the command line is wrong

        Examples:
          alivemcp probe https://mcp.example.com/mcp
          alivemcp probe https://mcp.example.com/mcp --expect protected --json
          alivemcp probe http://127.0.0.1:8080/mcp --allow-private
        """;

    private static readonly Argument<Uri> Url = new("url")
    {
        Description = "The server's endpoint, http or https.",
        CustomParser = ParseUrl,
    };

    private static readonly Option<Era> EraOption = Words(
        "--era",
        "The era to try first; auto is the newer one. A server that does not speak it is asked in the other.",
        (Era.Auto, "auto"),
        (Era.Initialize, "initialize"),
        (Era.Discover, "discover")
    );

    private static readonly Option<McpTransport> TransportOption = Words(
        "--transport",
        "Streamable HTTP or legacy HTTP+SSE alone; auto tries them in this order.",
        (McpTransport.Auto, "auto"),
        (McpTransport.Http, "http"),
        (McpTransport.Sse, "sse")
    );

    private static readonly Option<ProtectionExpectation> ExpectOption = Words(
        "--expect",
        "What must stand at the door; without it either is fine.",
        (ProtectionExpectation.Protected, "protected"),
        (ProtectionExpectation.Open, "open")
    );

    private static readonly Option<int> Timeout = new("--timeout")
    {
        Description = "Seconds for the whole look, 1 to 30.",
        HelpName = "S",
        DefaultValueFactory = _ => 15,
    };

    private static readonly Option<bool> AllowPrivate = new("--allow-private")
    {
        Description = "Also dial loopback, private and link-local addresses.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead." };

    static ProbeCommand() =>
        Timeout.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() is < 1 or > 30)
            {
                result.AddError($"--timeout is '{result.Tokens[0].Value}': give whole seconds from 1 to 30.");
            }
        });

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("probe", Description, Notes)
        {
            Url,
            EraOption,
            TransportOption,
            ExpectOption,
            Timeout,
            AllowPrivate,
            Json,
        };
        command.SetAction((parsed, cancellationToken) => ProbeRun.RunAsync(Read(parsed), terminal, cancellationToken));
        return command;
    }

    private static ProbeArguments Read(ParseResult parsed) =>
        new()
        {
            Order = new ProbeOrder
            {
                Url = parsed.GetRequiredValue(Url),
                Era = parsed.GetValue(EraOption),
                Transport = parsed.GetValue(TransportOption),
                Limits = new ProbeLimits { Total = TimeSpan.FromSeconds(parsed.GetValue(Timeout)) },
                Expectations = new Expectations { Protection = parsed.GetValue(ExpectOption) },
            },
            AllowPrivate = parsed.GetValue(AllowPrivate),
            AsJson = parsed.GetValue(Json),
        };

    private static Uri? ParseUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var shown = SafeText.Of(text, 200);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            result.AddError($"'{shown}' is not an http or https URL, for example https://mcp.example.com/mcp.");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            result.AddError("The URL holds a user name or password: agents do not send them, leave them out.");
            return null;
        }

        return url;
    }

    private static Option<T> Words<T>(string name, string description, params (T Value, string Word)[] words)
        where T : struct
    {
        var option = new Option<T>(name)
        {
            Description = description,
            HelpName = string.Join('|', words.Select(word => word.Word)),
            CustomParser = result =>
            {
                var given = result.Tokens[0].Value;
                foreach (var (value, word) in words)
                {
                    if (string.Equals(word, given, StringComparison.Ordinal))
                    {
                        return value;
                    }
                }

                var choice = string.Join(", ", words.Select(word => word.Word));
                result.AddError($"{name} is '{SafeText.Of(given, 80)}': choose one of {choice}.");
                return default;
            },
        };
        return option;
    }
}
