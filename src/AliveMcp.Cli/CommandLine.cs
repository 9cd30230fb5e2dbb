using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli;

/// <summary>Takes a command line to its command, and says what is wrong with one that leads nowhere.</summary>
internal static class CommandLine
{
    private const string Description = "AliveMCP: uptime monitoring that speaks MCP.";

    /// <summary>How long a command may take to end after Ctrl-C.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    /// <returns>The exit code, see <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        Terminal terminal,
        IReadOnlyList<Command> commands,
        CancellationToken cancellationToken
    )
    {
        var root = Root(commands, terminal);
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return await RefuseAsync(parsed, terminal);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopPatience,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CallFailedException failed)
        {
            foreach (var line in failed.Lines)
            {
                await terminal.Error.WriteLineAsync(line);
            }

            return failed.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static RootCommand Root(IReadOnlyList<Command> commands, Terminal terminal)
    {
        var root = new RootCommand(Description) { HelpName = "alivemcp" };
        foreach (var command in commands)
        {
            root.Add(command);
        }

        foreach (var help in root.Options.OfType<HelpOption>())
        {
            var usual = (HelpAction)help.Action!;
            usual.MaxWidth = terminal.Console.Profile.Width;
            help.Action = new NotedHelp(usual);
        }

        return root;
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        if (command is not RootCommand)
        {
            foreach (var error in parsed.Errors)
            {
                await terminal.Error.WriteLineAsync(SafeText.Of(error.Message));
            }

            await terminal.Error.WriteLineAsync($"Try 'alivemcp {command.Name} --help'.");
            return ExitCodes.Usage;
        }

        var known = string.Join(", ", command.Subcommands.Select(sub => sub.Name));
        var problem =
            parsed.UnmatchedTokens.Count == 0
                ? "Which command?"
                : $"'{SafeText.Of(parsed.UnmatchedTokens[0], 80)}' is not a command.";
        await terminal.Error.WriteLineAsync($"{problem} There are: {known}. Try 'alivemcp --help'.");
        return ExitCodes.Usage;
    }

    /// <summary>The usual help, followed by what the command itself has to add.</summary>
    private sealed class NotedHelp(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is NotedCommand noted)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(noted.Notes);
            }

            return code;
        }
    }
}
