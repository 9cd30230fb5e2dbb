using System.CommandLine;
using AliveMcp.Cli.Install;
using AliveMcp.Cli.Looking;

namespace AliveMcp.Cli.Rules;

/// <summary><c>alivemcp rules</c>: who hears of what.</summary>
internal static class RulesCommand
{
    private const string Description = "Who hears of what: list, show, add, change and remove rules.";

    private const string AddNotes = """
        Without any rule every verified sink hears P1 to P3. As soon as there is one, only what a rule takes is told.
        A rule takes what fits all that it asks for: one of its servers, one of its tags, one of its kinds and so on; what is left out takes all.
        Quiet hours hold back what is not P1 until they end. Whoever is named by --then hears when nobody has acknowledged before.

        Exit codes:
          0   it is made
          64  the command line is wrong
          65  refused
          69  the install does not answer
          77  the token is missing, or not good for this

        Examples:
          alivemcp rules add Production --tag prod --severity P1 P2 --sink ops --then 5=pager
          alivemcp rules add Nights --kind drift --sink 3 --quiet 22:00-07:00 --zone Europe/Zurich
        """;

    private const string ChangeNotes = """
        What is not named stays as it is. A list that is named is given anew: '--tag all' takes every tag again; --sink and --then together are
        the whole ladder.

        Exit codes:
          0   it is changed
          64  the command line is wrong
          65  refused
          69  the install does not answer
          77  the token is missing, or not good for this

        Examples:
          alivemcp rules change 2 --enabled false
          alivemcp rules change 2 --tag all --sink ops --then 15=pager --quiet none
        """;

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    private static readonly Argument<int> Number = new("number") { Description = "The rule's number." };

    public static Command Create(Terminal terminal) =>
        new("rules", Description) { List(terminal), Show(terminal), Add(terminal), Change(terminal), Remove(terminal) };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "List them, by number.") { Url, TokenFile };
        command.SetAction((parsed, token) => RunAsync(parsed, terminal, run => run.ListAsync(token), token));
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var command = new Command("show", "Show one with all that it asks for.") { Number, Url, TokenFile };
        command.SetAction(
            (parsed, token) =>
                RunAsync(parsed, terminal, run => run.ShowAsync(parsed.GetRequiredValue(Number), token), token)
        );
        return command;
    }

    private static Command Add(Terminal terminal)
    {
        var name = new Argument<string>("name") { Description = "What people call it." };
        var flags = new RuleFlags();
        var command = new NotedCommand("add", "Make another one.", AddNotes) { name };
        Complete(command, flags);
        command.SetAction(
            (parsed, token) =>
                RunAsync(
                    parsed,
                    terminal,
                    run => run.AddAsync(parsed.GetRequiredValue(name), flags, parsed, token),
                    token
                )
        );
        return command;
    }

    private static Command Change(Terminal terminal)
    {
        var name = Flags.Text("--name", "NAME", "What people call it from now on.");
        var flags = new RuleFlags();
        var command = new NotedCommand("change", "Change what is named of one.", ChangeNotes) { Number, name };
        Complete(command, flags);
        command.SetAction(
            (parsed, token) =>
                RunAsync(
                    parsed,
                    terminal,
                    run =>
                        run.ChangeAsync(parsed.GetRequiredValue(Number), parsed.GetValue(name), flags, parsed, token),
                    token
                )
        );
        return command;
    }

    private static Command Remove(Terminal terminal)
    {
        var command = new Command("remove", "Remove one; what it has sent stays in the log.")
        {
            Number,
            Url,
            TokenFile,
        };
        command.SetAction(
            (parsed, token) =>
                RunAsync(parsed, terminal, run => run.RemoveAsync(parsed.GetRequiredValue(Number), token), token)
        );
        return command;
    }

    private static void Complete(Command command, RuleFlags flags)
    {
        foreach (var option in flags.All)
        {
            command.Add(option);
        }

        command.Add(Url);
        command.Add(TokenFile);
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Terminal terminal,
        Func<RulesRun, Task> act,
        CancellationToken cancellationToken
    )
    {
        var token = await InstallPlace.TokenAsync(parsed.GetRequiredValue(TokenFile), cancellationToken);
        using var install = new InstallClient(parsed.GetRequiredValue(Url), token);
        await act(new RulesRun(install, terminal));
        return ExitCodes.Fine;
    }
}
