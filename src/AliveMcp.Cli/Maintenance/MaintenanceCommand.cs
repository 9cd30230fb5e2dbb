using System.CommandLine;
using AliveMcp.Cli.Install;

namespace AliveMcp.Cli.Maintenance;

/// <summary><c>alivemcp maintenance</c>: windows in which nobody is called.</summary>
internal static class MaintenanceCommand
{
    private const string Description = "Planned maintenance: list, add and cancel windows.";

    private const string AddNotes = """
        Minutes of a window are looked at and kept, left out of uptime, and nobody is told of what happens in them. What is judged already
        is not changed: a window holds from the next minute on. Servers with a tag are those that have it when a minute is planned.
        It begins now unless --from says otherwise, and lasts 31 days at most; one that comes again (--rrule) 7 days.

        Exit codes:
          0   it is planned
          64  the command line is wrong
          65  refused
          69  the install does not answer
          77  the token is missing, or not good for this

        Examples:
          alivemcp maintenance add --server weather --for 30m --note "Moving"
          alivemcp maintenance add --tag prod --for 2h
          alivemcp maintenance add --all --from 2026-12-06T02:00+01:00 --for 1h --rrule "FREQ=WEEKLY;BYDAY=SU" --zone Europe/Zurich
        """;

    private static readonly Option<Uri> Url = InstallPlace.Url();

    private static readonly Option<string> TokenFile = InstallPlace.TokenFile();

    public static Command Create(Terminal terminal) =>
        new("maintenance", Description) { List(terminal), Add(terminal), Cancel(terminal) };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "List them, by number.") { Url, TokenFile };
        command.SetAction((parsed, token) => RunAsync(parsed, terminal, run => run.ListAsync(token), token));
        return command;
    }

    private static Command Add(Terminal terminal)
    {
        var flags = new WindowFlags();
        var command = new NotedCommand("add", "Plan another one.", AddNotes);
        foreach (var option in flags.All)
        {
            command.Add(option);
        }

        command.Add(Url);
        command.Add(TokenFile);
        command.SetAction(
            (parsed, token) =>
                RunAsync(
                    parsed,
                    terminal,
                    run => run.AddAsync(flags.Read(parsed, terminal.Time.GetUtcNow()), token),
                    token
                )
        );
        return command;
    }

    private static Command Cancel(Terminal terminal)
    {
        var number = new Argument<int>("number") { Description = "The window's number." };
        var command = new Command("cancel", "Take one back; minutes that are judged already stay as they are.")
        {
            number,
            Url,
            TokenFile,
        };
        command.SetAction(
            (parsed, token) =>
                RunAsync(parsed, terminal, run => run.CancelAsync(parsed.GetRequiredValue(number), token), token)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Terminal terminal,
        Func<MaintenanceRun, Task> act,
        CancellationToken cancellationToken
    )
    {
        var token = await InstallPlace.TokenAsync(parsed.GetRequiredValue(TokenFile), cancellationToken);
        using var install = new InstallClient(parsed.GetRequiredValue(Url), token);
        await act(new MaintenanceRun(install, terminal));
        return ExitCodes.Fine;
    }
}
