using System.Globalization;
using System.Text.Json;
using AliveMcp.Cli.Install;
using AliveMcp.Cli.Probe;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Asking;

/// <summary>Asks the install for a look, prints its steps as they end, and turns the verdict into an exit code.</summary>
internal static class LookRun
{
    private const int LongPollSeconds = 20;

    /// <returns>The exit code, see <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        LookArguments arguments,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var token = await InstallPlace.TokenAsync(arguments.TokenFile, cancellationToken);
        using var install = new InstallClient(arguments.Url, token);
        var look = await AskAsync(install, HttpMethod.Post, PathOf(arguments), cancellationToken);
        if (!arguments.AsJson)
        {
            await LookView.BeginAsync(terminal, look);
        }

        look = await FollowAsync(install, look, arguments.AsJson ? null : terminal, cancellationToken);
        if (arguments.AsJson)
        {
            var whole = await AskAsync(install, HttpMethod.Get, PathOf(look, after: 0), cancellationToken);
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(whole, LookJson.Default.LookAnswer));
        }
        else
        {
            await LookView.EndAsync(terminal, look);
        }

        return look.Verdict is { } verdict
            ? ProbeRun.ExitCode(ProtectionExpectation.Auto, verdict.ToAttempt())
            : ExitCodes.Unknown;
    }

    /// <param name="install">Where it is made.</param>
    /// <param name="look">As it was answered first.</param>
    /// <param name="terminal">Where steps are shown; null shows none.</param>
    /// <param name="cancellationToken">Stops watching; the look goes on.</param>
    private static async Task<LookAnswer> FollowAsync(
        InstallClient install,
        LookAnswer look,
        Terminal? terminal,
        CancellationToken cancellationToken
    )
    {
        var last = 0;
        while (true)
        {
            foreach (var step in look.Steps.Where(step => step.Number > last))
            {
                last = step.Number;
                if (terminal is not null)
                {
                    await LookView.StepAsync(terminal, step);
                }
            }

            if (look.IsOver)
            {
                return look;
            }

            look = await AskAsync(install, HttpMethod.Get, PathOf(look, last), cancellationToken);
        }
    }

    private static Task<LookAnswer> AskAsync(
        InstallClient install,
        HttpMethod method,
        string path,
        CancellationToken cancellationToken
    ) => install.AskAsync(method, path, null, LookJson.Default.LookAnswer, cancellationToken);

    private static string PathOf(LookArguments arguments) =>
        $"/api/v1/servers/{Uri.EscapeDataString(arguments.Server)}/look"
        + (arguments.Region is { } region ? $"?region={Uri.EscapeDataString(region)}" : "");

    private static string PathOf(LookAnswer look, int after) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"/api/v1/looks/{Uri.EscapeDataString(look.Id)}?after={after}&wait={LongPollSeconds}"
        );
}
