using System.CommandLine;
using AliveMcp.Cli.Locks;
using AliveMcp.Cli.Looking;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Diff;

/// <summary><c>alivemcp diff</c>: what changed in a contract since its lock was taken; the gate of a repository.</summary>
internal static class DiffCommand
{
    private const string Description =
        "Say what changed in a server's contract since a lock file was taken, and whether that may pass.";

    private const string Notes = """
        Changes have a class: security (a tool dropped a promise about what it does), breaking (calls that worked may
        fail), additive (more is possible), text (words for readers). Order never counts as a change.
        The last argument is the baseline: 'alivemcp diff NOW BASELINE'.

        Exit codes:
          0   no change that --fail-on names
          1   such a change
          2   no whole tool list was seen: the server is down, asks to sign in, or offers none
          64  the command line is wrong
          65  a lock file is no good, or was changed by hand
          66  a lock file cannot be read

        Examples:
          alivemcp diff https://mcp.example.com/mcp tools.lock.json
          alivemcp diff https://mcp.example.com/mcp tools.lock.json --fail-on any --json
          alivemcp diff new.lock.json old.lock.json
        """;

    private static readonly Argument<string> Now = new("url|lock")
    {
        Description = "The contract now: a server to look at, or another lock file.",
    };

    private static readonly Argument<string> Baseline = new("lock")
    {
        Description = "The contract it is compared with, as 'alivemcp snapshot' wrote it.",
    };

    private static readonly Option<Gate> FailOn = Flags.Words(
        "--fail-on",
        "Which changes end in exit code 1: breaking ones and those of security (the default); those of security; any; none.",
        (Gate.Breaking, "breaking"),
        (Gate.Security, "security"),
        (Gate.Any, "any"),
        (Gate.None, "none")
    );

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead." };

    static DiffCommand()
    {
        Now.Validators.Add(result =>
        {
            if (Flags.IsWeb(result.Tokens[0].Value, out var url) && url!.UserInfo.Length > 0)
            {
                result.AddError("The URL holds a user name or password: leave them out, or use --basic-env.");
            }
        });
        Baseline.Validators.Add(result =>
        {
            if (Flags.IsWeb(result.Tokens[0].Value, out _))
            {
                result.AddError(
                    $"'{Flags.Shown(result.Tokens[0].Value)}' is a URL: the second argument is the lock file, 'alivemcp diff <url> tools.lock.json'."
                );
            }
        });
    }

    public static Command Create(Terminal terminal)
    {
        var command = new NotedCommand("diff", Description, Notes) { Now, Baseline, FailOn, Json };
        LookFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        await CredentialFlags.WarnAsync(parsed, terminal);
        var before = Kept(parsed.GetRequiredValue(Baseline));
        var after = await NowAsync(parsed, terminal, cancellationToken);
        var difference = Difference.Of(before, after, parsed.GetValue(FailOn));
        if (parsed.GetValue(Json))
        {
            await terminal.Out.WriteLineAsync(DiffJson.Print(difference));
        }
        else
        {
            DiffView.Show(terminal, difference);
        }

        return difference.IsGated ? ExitCodes.Gated : ExitCodes.Fine;
    }

    private static async Task<Side> NowAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var given = parsed.GetRequiredValue(Now);
        if (!Flags.IsWeb(given, out var url))
        {
            return Kept(given);
        }

        var look = LookFlags.Read(parsed, url!);
        var sight = await Looker.LookAsync(look, terminal, parsed.GetValue(Json), cancellationToken);
        var seen = ContractLock.Of(sight, look);
        return new Side(seen.Url, seen);
    }

    private static Side Kept(string file) => new(SafeText.Of(file, 200), LockReader.Read(file));
}
