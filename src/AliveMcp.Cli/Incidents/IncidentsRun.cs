using System.Globalization;
using AliveMcp.Cli.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Incidents;

/// <summary>Asks the install, and says what came of it in a line or a few.</summary>
internal static class IncidentsRun
{
    private const string Incidents = "/api/v1/incidents";

    /// <param name="install">Where.</param>
    /// <param name="terminal">Where to say so.</param>
    /// <param name="state">open, resolved or all.</param>
    /// <param name="server">Only of this one; null: of all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task ListAsync(
        InstallClient install,
        Terminal terminal,
        string state,
        string? server,
        CancellationToken cancellationToken
    )
    {
        var path = $"{Incidents}?take=100&state={Uri.EscapeDataString(state)}";
        var of = server is null ? "" : $"&server={Uri.EscapeDataString(server)}";
        var page = await install.AskAsync(
            HttpMethod.Get,
            path + of,
            null,
            IncidentJson.Default.IncidentPage,
            cancellationToken
        );
        if (page.Incidents.Count == 0)
        {
            await terminal.Out.WriteLineAsync("There is none.");
        }

        foreach (var incident in page.Incidents)
        {
            await terminal.Out.WriteLineAsync(LineOf(incident));
        }

        if (page.Next is not null)
        {
            await terminal.Out.WriteLineAsync("There are older ones; the API has them all.");
        }
    }

    public static async Task ShowAsync(
        InstallClient install,
        Terminal terminal,
        long id,
        CancellationToken cancellationToken
    ) =>
        await ShowAsync(
            terminal,
            await install.AskAsync(
                HttpMethod.Get,
                PathOf(id, ""),
                null,
                IncidentJson.Default.IncidentAnswer,
                cancellationToken
            )
        );

    /// <param name="install">Where.</param>
    /// <param name="terminal">Where to say so.</param>
    /// <param name="id">Which.</param>
    /// <param name="act">For example acknowledge.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task DoAsync(
        InstallClient install,
        Terminal terminal,
        long id,
        string act,
        CancellationToken cancellationToken
    ) =>
        await ShowAsync(
            terminal,
            await install.AskAsync(
                HttpMethod.Post,
                PathOf(id, "/" + act),
                null,
                IncidentJson.Default.IncidentAnswer,
                cancellationToken
            )
        );

    public static async Task SayAsync(
        InstallClient install,
        Terminal terminal,
        long id,
        string text,
        CancellationToken cancellationToken
    )
    {
        var body = InstallClient.Json(new SaidWords(text), IncidentJson.Default.SaidWords);
        var said = await install.AskAsync(
            HttpMethod.Post,
            PathOf(id, "/updates"),
            body,
            IncidentJson.Default.IncidentAnswer,
            cancellationToken
        );
        await ShowAsync(terminal, said);
    }

    private static async Task ShowAsync(Terminal terminal, IncidentAnswer answer)
    {
        await terminal.Out.WriteLineAsync(LineOf(answer.Incident));
        foreach (var update in answer.Updates)
        {
            var author = update.Author is null ? "" : $" ({SafeText.Of(update.Author, 80)})";
            await terminal.Out.WriteLineAsync(
                $"       {Moment(update.At)}  {SafeText.Of(update.Kind, 32), -12}  {SafeText.Of(update.Text, 400)}{author}"
            );
        }
    }

    private static string LineOf(IncidentLine incident)
    {
        var end = incident.ResolvedAt is { } at ? $" to {Moment(at)}" : "";
        var state = incident is { State: "open", AcknowledgedBy: not null } ? "acknowledged" : incident.State;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{incident.Id, 5}  {SafeText.Of(incident.Severity, 4)}  {SafeText.Of(state, 20), -12}  {SafeText.Of(incident.Server ?? "-", 63)}  {SafeText.Of(incident.Summary, 300)}  {Moment(incident.StartedAt)}{end}"
        );
    }

    private static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string PathOf(long id, string act) =>
        string.Create(CultureInfo.InvariantCulture, $"{Incidents}/{id}{act}");
}
