using System.CommandLine;
using System.Text;
using AliveMcp.Cli.Locks;
using AliveMcp.Cli.Looking;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Snapshot;

/// <summary><c>alivemcp snapshot</c>: puts a server's contract into a file that a repository keeps.</summary>
internal static class SnapshotCommand
{
    private const string Description = "Write a server's contract, its whole tool list, into a lock file.";

    private const string Notes = """
        The file is for a repository: sorted, indented, and the same for the same contract, so that its diff can be
        reviewed. It proves itself: a file that was changed by hand no longer fits its hashes and is refused.

        Exit codes:
          0   written
          2   no whole tool list was seen: the server is down, asks to sign in, or offers none
          64  the command line is wrong
          66  the file cannot be written

        Examples:
          alivemcp snapshot https://mcp.example.com/mcp -o tools.lock.json
          alivemcp snapshot https://mcp.example.com/mcp --bearer-env TOKEN | jq .tools
        """;

    private static readonly Argument<Uri> Url = LookFlags.Url("The server's endpoint, http or https.");

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The file to write; without it standard output.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> WithTime = new("--with-time")
    {
        Description = "Also write when it was taken; the file then differs each time.",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("snapshot", Description, Notes) { Url, Output, WithTime };
        LookFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var look = LookFlags.Read(parsed, parsed.GetRequiredValue(Url));
        await CredentialFlags.WarnAsync(parsed, terminal);
        var file = parsed.GetValue(Output);
        var sight = await Looker.LookAsync(look, terminal, isQuiet: file is null, cancellationToken);
        var kept = ContractLock.Of(sight, look) with
        {
            TakenAt = parsed.GetValue(WithTime) ? terminal.Time.GetUtcNow() : null,
        };
        if (file is null)
        {
            await terminal.Out.WriteAsync(LockWriter.Write(kept));
            return ExitCodes.Fine;
        }

        await WriteAsync(file, LockWriter.Write(kept), cancellationToken);
        var tools = kept.Contract.ToolCount == 1 ? "1 tool" : $"{kept.Contract.ToolCount} tools";
        await terminal.Out.WriteLineAsync($"{SafeText.Of(file, 200)}: {tools}, {kept.Contract.FullHash}");
        return ExitCodes.Fine;
    }

    // Whoever reads the file at this moment sees the old one or the new one.
    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        var beside = $"{file}.new";
        try
        {
            await File.WriteAllTextAsync(beside, text, new UTF8Encoding(false), cancellationToken);
            File.Move(beside, file, overwrite: true);
        }
        catch (Exception e) when (Flags.IsOfFile(e))
        {
            throw new CallFailedException(
                ExitCodes.NoInput,
                $"--output is '{Flags.Shown(file)}': it cannot be written ({SafeText.Of(e.Message, 120)})."
            );
        }
    }
}
