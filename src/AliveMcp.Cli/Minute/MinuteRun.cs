using System.Text.Json;
using AliveMcp.Cli.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Minute;

/// <summary>Asks the install and prints what it tells.</summary>
internal static class MinuteRun
{
    /// <returns>The exit code, see <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        MinuteArguments arguments,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await AskAsync(arguments, cancellationToken);
            await (arguments.AsJson ? PrintJsonAsync(answer, terminal) : PrintAsync(answer, terminal));
            return ExitCodes.Fine;
        }
        catch (CallFailedException failed)
        {
            foreach (var line in failed.Lines)
            {
                await terminal.Error.WriteLineAsync(line);
            }

            return failed.ExitCode;
        }
    }

    private static async Task<MinuteAnswer> AskAsync(MinuteArguments arguments, CancellationToken cancellationToken)
    {
        var token = await InstallPlace.TokenAsync(arguments.TokenFile, cancellationToken);
        using var install = new InstallClient(arguments.Url, token);
        var (server, minute) = (Uri.EscapeDataString(arguments.Server), Uri.EscapeDataString(arguments.Minute));
        return await install.AskAsync(
            HttpMethod.Get,
            $"/api/v1/servers/{server}/minutes/{minute}/explain",
            null,
            MinuteJson.Default.MinuteAnswer,
            cancellationToken
        );
    }

    private static async Task PrintAsync(MinuteAnswer told, Terminal terminal)
    {
        await terminal.Out.WriteLineAsync($"{SafeText.Of(told.Slug, 80)} {SafeText.Of(told.Minute, 40)}");
        foreach (var line in told.Lines)
        {
            await terminal.Out.WriteLineAsync(SafeText.Of(line, 600));
        }
    }

    private static Task PrintJsonAsync(MinuteAnswer told, Terminal terminal) =>
        terminal.Out.WriteLineAsync(JsonSerializer.Serialize(told, MinuteJson.Default.MinuteAnswer));
}
