using System.Text;
using AliveMcp.Cli.Install;

namespace AliveMcp.Cli.Apply;

/// <summary>Hands a servers file to an install.</summary>
internal sealed class ApplyClient(InstallClient install)
{
    /// <exception cref="CallFailedException">The install refuses, or does not answer.</exception>
    public Task<ApplyAnswer> ApplyAsync(string text, bool prune, bool dryRun, CancellationToken cancellationToken) =>
        install.AskAsync(
            HttpMethod.Post,
            $"/api/v1/servers/apply?prune={Word(prune)}&dry_run={Word(dryRun)}",
            new StringContent(text, Encoding.UTF8, "application/yaml"),
            ApplyJson.Default.ApplyAnswer,
            cancellationToken
        );

    private static string Word(bool value) => value ? "true" : "false";
}
