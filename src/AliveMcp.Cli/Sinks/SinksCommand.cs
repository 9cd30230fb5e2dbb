using System.CommandLine;
using AliveMcp.Cli.Install;
using AliveMcp.Cli.Looking;

namespace AliveMcp.Cli.Sinks;

/// <summary><c>alivemcp sinks</c>: where alerts go.</summary>
internal static class SinksCommand
{
    private const string Description =
        "Where alerts go: list, add, verify, test and remove sinks, renew what they sign with.";

    private const string AddNotes = """
        What is secret is read from a file, or from standard input with '-': a command line is seen by others.
          slack      the URL of an incoming webhook
          discord    the URL of a webhook
          webhook    the URL that messages are posted to
          pagerduty  the integration key of an Events API v2 integration
          telegram   the token of a bot, which is in the chat already

        Exit codes:
          0   it is made; nothing but its proof is sent there before it is verified
          64  the command line is wrong
          65  refused
          66  the file cannot be read
          69  the install does not answer
          77  the token is missing, or not good for this

        Examples:
          alivemcp sinks add slack --name ops --from slack-url.txt
          alivemcp sinks add email --name me --email me@example.com
          alivemcp sinks add telegram --name chat --chat -1001234567890 --from bot-token.txt
          alivemcp sinks verify 3 K7QD-3MXP
        """;

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    private static readonly Argument<int> Number = new("number") { Description = "The sink's number." };

    public static Command Create(Terminal terminal) =>
        new("sinks", Description)
        {
            List(terminal),
            Add(terminal),
            Verify(terminal),
            Test(terminal),
            Rotate(terminal),
            Remove(terminal),
        };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "List them, and how they stand.") { Url, TokenFile };
        command.SetAction((parsed, token) => RunAsync(parsed, terminal, SinksRun.ListAsync, token));
        return command;
    }

    private static Command Add(Terminal terminal)
    {
        var kind = new Argument<string>("kind")
        {
            Description = "slack, pagerduty, webhook, email, discord or telegram.",
        };
        kind.AcceptOnlyFromAmong("slack", "pagerduty", "webhook", "email", "discord", "telegram");
        var name = new Option<string>("--name")
        {
            Description = "What people call it.",
            HelpName = "NAME",
            Required = true,
        };
        var from = Flags.Text("--from", "FILE", "Where its secret stands; '-' reads standard input.");
        var email = Flags.Text("--email", "ADDRESS", "Where mails go; for kind email.");
        var region = Flags.Text("--region", "us|eu", "Of the account; for kind pagerduty.");
        var chat = Flags.Text("--chat", "ID", "The chat's number, or @channelname; for kind telegram.");
        var command = new NotedCommand("add", "Set up another one.", AddNotes)
        {
            kind,
            name,
            from,
            email,
            region,
            chat,
            Url,
            TokenFile,
        };
        command.SetAction(
            (parsed, token) =>
            {
                var wish = new SinkWish(parsed.GetRequiredValue(kind), parsed.GetRequiredValue(name))
                {
                    Email = parsed.GetValue(email),
                    Region = parsed.GetValue(region),
                    ChatId = parsed.GetValue(chat),
                };
                var file = parsed.GetValue(from);
                return RunAsync(
                    parsed,
                    terminal,
                    (install, to, stop) => SinksRun.AddAsync(install, to, wish, file, stop),
                    token
                );
            }
        );
        return command;
    }

    private static Command Verify(Terminal terminal)
    {
        var code = new Argument<string?>("code")
        {
            Description = "The code that was sent there; a webhook has none.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("verify", "Prove that messages are wanted there.") { Number, code, Url, TokenFile };
        command.SetAction(
            (parsed, token) =>
            {
                var (sink, typed) = (parsed.GetRequiredValue(Number), parsed.GetValue(code));
                return RunAsync(
                    parsed,
                    terminal,
                    (install, to, stop) => SinksRun.VerifyAsync(install, to, sink, typed, stop),
                    token
                );
            }
        );
        return command;
    }

    private static Command Test(Terminal terminal)
    {
        var command = new Command("test", "Send a test message.") { Number, Url, TokenFile };
        command.SetAction(
            (parsed, token) =>
            {
                var sink = parsed.GetRequiredValue(Number);
                return RunAsync(
                    parsed,
                    terminal,
                    (install, to, stop) => SinksRun.TestAsync(install, to, sink, stop),
                    token
                );
            }
        );
        return command;
    }

    private static Command Rotate(Terminal terminal)
    {
        var command = new Command(
            "rotate",
            "Make another signing secret for a webhook, shown once; the one before stays good for 24 hours."
        )
        {
            Number,
            Url,
            TokenFile,
        };
        command.SetAction(
            (parsed, token) =>
            {
                var sink = parsed.GetRequiredValue(Number);
                return RunAsync(
                    parsed,
                    terminal,
                    (install, to, stop) => SinksRun.RotateAsync(install, to, sink, stop),
                    token
                );
            }
        );
        return command;
    }

    private static Command Remove(Terminal terminal)
    {
        var command = new Command("remove", "Remove one, with its secret and its log.") { Number, Url, TokenFile };
        command.SetAction(
            (parsed, token) =>
            {
                var sink = parsed.GetRequiredValue(Number);
                return RunAsync(
                    parsed,
                    terminal,
                    (install, to, stop) => SinksRun.RemoveAsync(install, to, sink, stop),
                    token
                );
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Terminal terminal,
        Func<InstallClient, Terminal, CancellationToken, Task> act,
        CancellationToken cancellationToken
    )
    {
        var token = await InstallPlace.TokenAsync(parsed.GetRequiredValue(TokenFile), cancellationToken);
        using var install = new InstallClient(parsed.GetRequiredValue(Url), token);
        await act(install, terminal, cancellationToken);
        return ExitCodes.Fine;
    }
}
