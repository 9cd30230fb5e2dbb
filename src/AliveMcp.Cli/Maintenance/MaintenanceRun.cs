using System.Globalization;
using AliveMcp.Cli.Install;
using AliveMcp.Cli.Sinks;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Maintenance;

/// <summary>Asks the install, and says what came of it.</summary>
internal sealed class MaintenanceRun(InstallClient install, Terminal terminal)
{
    private const string Windows = "/api/v1/maintenance";

    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var list = await install.AskAsync(
            HttpMethod.Get,
            Windows + "?take=1000",
            null,
            WindowJson.Default.WindowList,
            cancellationToken
        );
        if (list.Maintenance.Count == 0)
        {
            await terminal.Out.WriteLineAsync("There is none.");
        }

        foreach (var window in list.Maintenance)
        {
            await terminal.Out.WriteLineAsync(LineOf(window));
        }
    }

    public async Task AddAsync(WindowAnswer wish, CancellationToken cancellationToken)
    {
        var path = wish.Server is { } slug ? $"/api/v1/servers/{Uri.EscapeDataString(slug)}/maintenance" : Windows;
        var body = InstallClient.Json(wish with { Server = null }, WindowJson.Default.WindowAnswer);
        var planned = await install.AskAsync(
            HttpMethod.Post,
            path,
            body,
            WindowJson.Default.WindowAnswer,
            cancellationToken
        );
        await terminal.Out.WriteLineAsync(LineOf(planned));
    }

    public async Task CancelAsync(int id, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{Windows}/{id}");
        await install.AskAsync(HttpMethod.Delete, path, null, SinkJson.Default.Done, cancellationToken);
        await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Window {id} is cancelled."));
    }

    private static string LineOf(WindowAnswer window)
    {
        var whose =
            window.Server is { } slug ? SafeText.Of(slug, 63)
            : window.Tags is { Count: > 0 } tags ? "tag " + SafeText.Of(string.Join(", ", tags), 200)
            : "all servers";
        var again = window.Rrule is null
            ? ""
            : $"  again {SafeText.Of(window.Rrule, 200)}{(window.Zone is { } zone ? ", " + SafeText.Of(zone, 64) : "")}";
        var note = window.Note is null ? "" : $"  {SafeText.Of(window.Note, 200)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{window.Id, 5}  {whose}  {SafeText.Of(window.From, 30)} to {SafeText.Of(window.To, 30)}{again}{note}"
        );
    }
}
