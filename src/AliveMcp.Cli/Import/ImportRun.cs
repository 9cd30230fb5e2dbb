using System.Text;
using AliveMcp.Cli.Apply;
using AliveMcp.Cli.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Import;

/// <summary>Reads, asks what would change, shows it, does it.</summary>
internal static class ImportRun
{
    /// <returns>The exit code, see <see cref="ExitCodes"/>.</returns>
    /// <exception cref="CallFailedException">It cannot be done; nothing was changed.</exception>
    public static async Task<int> RunAsync(
        ImportArguments arguments,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var token = await InstallPlace.TokenAsync(arguments.TokenFile, cancellationToken);
        var text = await ApplyInput.FileAsync(arguments.File, terminal, cancellationToken);
        using var install = new InstallClient(arguments.Url, token);

        var told = await AskAsync(install, text, arguments.IsPublic, dryRun: true, cancellationToken);
        ApplyView.Show(told.Applied, terminal.Console);
        foreach (var skipped in told.Skipped)
        {
            await terminal.Out.WriteLineAsync(
                $"  skip    {SafeText.Of(skipped.Name, 80)}  {SafeText.Of(skipped.Why, 120)}"
            );
        }

        foreach (var note in told.Notes)
        {
            await terminal.Out.WriteLineAsync(SafeText.Of(note, 200));
        }

        if (told.Applied.IsNothing || arguments.DryRun)
        {
            await terminal.Out.WriteLineAsync(
                told.Applied.IsNothing ? $"Nothing to import from this {told.Format}." : "Not imported (--dry-run)."
            );
            return ExitCodes.Fine;
        }

        var done = await AskAsync(install, text, arguments.IsPublic, dryRun: false, cancellationToken);
        await terminal.Out.WriteLineAsync($"Imported: {ApplyView.Sentence(done.Applied)}.");
        return ExitCodes.Fine;
    }

    private static Task<ImportAnswer> AskAsync(
        InstallClient install,
        string text,
        bool isPublic,
        bool dryRun,
        CancellationToken cancellationToken
    ) =>
        install.AskAsync(
            HttpMethod.Post,
            $"/api/v1/servers/import?visibility={(isPublic ? "public" : "private")}&dry_run={(dryRun ? "true" : "false")}",
            new StringContent(text, Encoding.UTF8, "application/yaml"),
            ImportJson.Default.ImportAnswer,
            cancellationToken
        );
}
