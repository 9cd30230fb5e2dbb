using System.ComponentModel;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.History;

internal static class ChangeEndpoints
{
    private const int SevenDays = 7 * 1440;

    public static void MapChangeEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/servers/{slug}/changes", ListAsync)
            .WithTags("history")
            .RefusingBadTokens()
            .WithName("list_changes")
            .WithSummary("From when to when a server was in each state, the newest first.")
            .WithDescription(
                "Runs of one known state. An unknown minute neither ends a run nor makes it longer: minutes counts what the verdicts of the run stand for. to is null while no other state followed. may_have_begun_before says that the run is the first of the window. A window is at most 31 days long."
            )
            .Produces<ChangesAnswer>();

    private static async Task<object> ListAsync(
        string slug,
        ServerQueries servers,
        MinuteQueries minutes,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [Description("The first minute: ISO 8601, or the count of minutes since 1970; 7 days before to unless told.")]
            string? from = null,
        [Description("The first minute after the last; now unless told.")] string? to = null,
        [Description("json or csv.")] string? format = null
    )
    {
        if (await servers.ResolveAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        var ask = new WindowAsk { UnlessTold = SevenDays, Most = MinuteQueries.MostMinutesOfChanges };
        var asked = ask.Read(from, to, clock.GetUtcNow());
        var isCsv = CsvAnswer.IsAsked(format);
        if (!asked.TryGet(out var window) | !isCsv.TryGet(out var asCsv))
        {
            return asked.Problems.Concat(isCsv.Problems).ToList();
        }

        var runs = await minutes.ChangesAsync(server, window, cancellationToken);
        var lines = runs.Reverse().Select(ChangeLine.Of).ToList();
        return asCsv
            ? CsvAnswer.Of(ChangeLine.Columns, lines.Select(line => line.Cells))
            : Results.Json(
                new ChangesAnswer(slug, window.From.ToString(), window.To.ToString(), lines),
                HistoryJson.Default.ChangesAnswer
            );
    }
}
