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
            .AddColumns("server", "state", "p95", "uptime 30 d", "last minute");
        foreach (var verdict in verdicts)
        {
            table.AddRow(
                new Text(SafeText.Of(verdict.Slug, 40), LinkTo(host, verdict)),
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
                )
            );
        }

        var dim = new Style(decoration: Decoration.Dim);
        return new Rows(
            table,
            new Text($"All servers: {host}    One of them: {new Uri(host, "/status/")}<server>"),
            new Text("Ctrl-C stops everything; what was seen is kept.", dim)
        );
    }

    /// <summary>Terminals that know links open the page; a private server has none.</summary>
    private static Style LinkTo(Uri host, Verdict verdict) =>
        verdict.PublicSlug is { } slug ? new Style(link: new Uri(host, "/status/" + slug).AbsoluteUri) : Style.Plain;

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
