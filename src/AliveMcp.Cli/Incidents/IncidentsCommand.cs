using System.CommandLine;
using AliveMcp.Cli.Install;
using AliveMcp.Cli.Looking;

namespace AliveMcp.Cli.Incidents;

/// <summary><c>alivemcp incidents</c>: what happened, and what people do about it.</summary>
internal static class IncidentsCommand
{
    private const string Description =
        "What happened to servers: list and show incidents, acknowledge them, say something of them.";

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    private static readonly Argument<long> Number = new("number") { Description = "The incident's number." };

    public static Command Create(Terminal terminal) =>
        new("incidents", Description)
        {
            List(terminal),
            Show(terminal),
            Act(terminal, "acknowledge", "Say that you look after it: nobody else is called."),
            Say(terminal),
            Act(
                terminal,
                "resolve",
                "End one that was opened by hand; the others end when their server is well again."
            ),
        };

    private static Command List(Terminal terminal)
    {
        var state = new Option<string>("--state")
        {
            Description = "open, resolved or all.",
            HelpName = "STATE",
            DefaultValueFactory = _ => "open",
        };
        state.AcceptOnlyFromAmong("open", "resolved", "all");
        var server = Flags.Text("--server", "SLUG", "Only of this server.");
        var command = new Command("list", "List the newest 100.") { state, server, Url, TokenFile };
        command.SetAction(
            (parsed, token) =>
                RunAsync(
                    parsed,
                    install =>
                        IncidentsRun.ListAsync(
                            install,
                            terminal,
                            parsed.GetRequiredValue(state),
                            parsed.GetValue(server),
                            token
                        ),
                    token
                )
        );
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var command = new Command("show", "Show one with everything that was said of it.") { Number, Url, TokenFile };
        command.SetAction(
            (parsed, token) =>
                RunAsync(
                    parsed,
                    install => IncidentsRun.ShowAsync(install, terminal, parsed.GetRequiredValue(Number), token),
                    token
                )
        );
        return command;
    }

    private static Command Say(Terminal terminal)
    {
        var text = new Argument<string>("text") { Description = "One line, at most 2,000 characters." };
        var command = new Command("say", "Say something of it to everybody who may see its server.")
        {
            Number,
            text,
            Url,
            TokenFile,
        };
        command.SetAction(
            (parsed, token) =>
                RunAsync(
                    parsed,
                    install =>
                        IncidentsRun.SayAsync(
                            install,
                            terminal,
                            parsed.GetRequiredValue(Number),
                            parsed.GetRequiredValue(text),
                            token
                        ),
                    token
                )
        );
        return command;
    }

    private static Command Act(Terminal terminal, string act, string description)
    {
        var command = new Command(act, description) { Number, Url, TokenFile };
        command.SetAction(
            (parsed, token) =>
                RunAsync(
                    parsed,
                    install => IncidentsRun.DoAsync(install, terminal, parsed.GetRequiredValue(Number), act, token),
                    token
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Func<InstallClient, Task> act,
        CancellationToken cancellationToken
    )
    {
        var token = await InstallPlace.TokenAsync(parsed.GetRequiredValue(TokenFile), cancellationToken);
        using var install = new InstallClient(parsed.GetRequiredValue(Url), token);
        await act(install);
        return ExitCodes.Fine;
    }
}
