using System.Globalization;
using AliveMcp.Vocabulary;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AliveMcp.Cli.Up;

/// <summary>Verdicts as people see them: a table in a terminal, a line for each change elsewhere.</summary>
internal static class VerdictTable
{
    public static IRenderable Draw(Uri host, IReadOnlyList<Verdict> verdicts)
    {
        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumns("server", "state", "p95", "uptime 30 d", "last minute", "page");
        foreach (var verdict in verdicts)
        {
            table.AddRow(
                new Text(SafeText.Of(verdict.Name, 40)),
                new Text(verdict.State, StyleOf(verdict.State)),
                new Text(verdict.P95Ms is { } p95 ? string.Create(CultureInfo.InvariantCulture, $"{p95} ms") : "–"),
                new Text(
                    verdict.Uptime30d is { } uptime
                        ? string.Create(CultureInfo.InvariantCulture, $"{uptime:0.00} %")
                        : "–"
                ),
                new Text(
                    verdict.LastMinute is { } minute
                        ? minute.ToString("HH:mm", CultureInfo.InvariantCulture) + " UTC"
                        : "–"
                ),
                new Text(verdict.PublicSlug is { } slug ? new Uri(host, "/status/" + slug).AbsoluteUri : "private")
            );
        }

        return new Rows(
            new Text($"All servers  {host}"),
            table,
            new Text("Ctrl-C stops everything; what was seen is kept.", new Style(decoration: Decoration.Dim))
        );
    }

    /// <summary>One line for logs: <c>08:41 demo-broken down</c>.</summary>
    public static string Line(Verdict verdict)
    {
        var minute = verdict.LastMinute is { } last ? last.ToString("HH:mm", CultureInfo.InvariantCulture) : "--:--";
        return $"{minute} {verdict.Slug} {verdict.State}";
    }

    private static Style StyleOf(string state) =>
        state switch
        {
            "live" => new Style(Color.Green),
            "degraded" => new Style(Color.Yellow),
            "down" => new Style(Color.Red),
            _ => new Style(Color.Grey),
        };
}
