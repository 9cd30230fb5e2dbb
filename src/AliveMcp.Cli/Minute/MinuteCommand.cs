using System.CommandLine;
using AliveMcp.Cli.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Minute;

/// <summary><c>alivemcp minute</c>: explains one minute of one server end to end.</summary>
internal static class MinuteCommand
{
    private const string Description =
        "Explain one minute of one server: ticket, what the regions said, judgement, seal, archive.";

    private const string Notes = """
        Exit codes:
          0   explained
          64  the command line is wrong
          65  there is no such server or minute
          69  the install does not answer
          77  the token is missing, or not good for this

        Examples:
          alivemcp minute weather latest
          alivemcp minute weather 2026-11-21T07:33Z --json
        """;

    private static readonly Argument<string> Server = new("server") { Description = "The server's slug." };

    private static readonly Argument<string> Minute = new("minute")
    {
        Description = "2026-11-21T07:33Z, the count of minutes since 1970, or latest: the newest that is archived.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead." };

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    static MinuteCommand() =>
        Minute.Validators.Add(result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : null;
            if (text is not (null or "latest") && !MinuteStamp.TryParse(text, out _))
            {
                result.AddError(
                    $"'{SafeText.Of(text, 80)}' is not a minute: give for example 2026-11-21T07:33Z, or latest."
                );
            }
        });

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("minute", Description, Notes) { Server, Minute, Json, Url, TokenFile };
        command.SetAction((parsed, cancellationToken) => MinuteRun.RunAsync(Read(parsed), terminal, cancellationToken));
        return command;
    }

    private static MinuteArguments Read(ParseResult parsed) =>
        new()
        {
            Server = parsed.GetRequiredValue(Server),
            Minute = parsed.GetRequiredValue(Minute),
            AsJson = parsed.GetValue(Json),
            Url = parsed.GetRequiredValue(Url),
            TokenFile = parsed.GetRequiredValue(TokenFile),
        };
}
