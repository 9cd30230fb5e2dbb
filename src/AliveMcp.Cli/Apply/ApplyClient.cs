using System.Net.Http.Headers;
using System.Text;
using AliveMcp.Cli.Install;

namespace AliveMcp.Cli.Apply;

/// <summary>Hands a file to an install.</summary>
internal sealed class ApplyClient(InstallClient install)
{
    /// <param name="text">Of the file.</param>
    /// <param name="secrets">What it refers to; null: not known yet.</param>
    /// <param name="prune">What left the file goes.</param>
    /// <param name="dryRun">Nothing is done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CallFailedException">The install refuses, or does not answer.</exception>
    public Task<ApplyAnswer> ApplyAsync(
        string text,
        IReadOnlyDictionary<string, string>? secrets,
        bool prune,
        bool dryRun,
        CancellationToken cancellationToken
    ) =>
        install.AskAsync(
            HttpMethod.Post,
            $"/api/v1/servers/apply?prune={Word(prune)}&dry_run={Word(dryRun)}",
            secrets is null ? new StringContent(text, Encoding.UTF8, "application/yaml") : Wrap(text, secrets),
            ApplyJson.Default.ApplyAnswer,
            cancellationToken
        );

    private static HttpContent Wrap(string text, IReadOnlyDictionary<string, string> secrets)
    {
        var content = InstallClient.Json(new WrappedFile(text, secrets), ApplyJson.Default.WrappedFile);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.alivemcp.apply+json");
        return content;
    }

    private static string Word(bool value) => value ? "true" : "false";
}
