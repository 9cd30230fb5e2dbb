using AliveMcp.Cli.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Apply;

/// <summary>Reads, asks what would change, shows it, does it.</summary>
internal static class ApplyRun
{
    /// <returns>The exit code, see <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        ApplyArguments arguments,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await ApplyAsync(arguments, terminal, cancellationToken);
            return ExitCodes.Fine;
        }
        catch (CallFailedException failed)
        {
            foreach (var line in failed.Lines)
            {
                await terminal.Error.WriteLineAsync(line);
            }

            if (failed.ExitCode == ExitCodes.Refused)
            {
                await terminal.Error.WriteLineAsync("Nothing was changed.");
            }

            return failed.ExitCode;
        }
    }

    private static async Task ApplyAsync(
        ApplyArguments arguments,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var token = await InstallPlace.TokenAsync(arguments.TokenFile, cancellationToken);
        var text = await ApplyInput.FileAsync(arguments.File, terminal, cancellationToken);
        using var install = new InstallClient(arguments.Url, token);
        var client = new ApplyClient(install);

        var diff = await client.ApplyAsync(text, null, arguments.Prune, dryRun: true, cancellationToken);
        var secrets = ApplySecrets.Open(diff, text, arguments.File);
        if (secrets is not null)
        {
            diff = await client.ApplyAsync(text, secrets, arguments.Prune, dryRun: true, cancellationToken);
        }

        ApplyView.Show(diff, terminal.Console);
        if (diff.IsNothing || arguments.DryRun)
        {
            var end = diff.IsNothing ? "Nothing to change" : "Not applied (--dry-run)";
            await terminal.Out.WriteLineAsync($"{end}: {Counts(diff)}.");
            return;
        }

        var done = await client.ApplyAsync(text, secrets, arguments.Prune, dryRun: false, cancellationToken);
        await terminal.Out.WriteLineAsync($"Applied: {Counts(done)}.");
        foreach (var todo in done.Parts.Values.SelectMany(part => part.Todo))
        {
            await terminal.Out.WriteLineAsync(SafeText.Of(todo, 600));
        }
    }

    private static string Counts(ApplyAnswer answer)
    {
        var counts = ApplyView.Sentence(answer);
        return counts.Length > 0 ? counts : "nothing is there";
    }
}
