using System.ComponentModel;
using System.Globalization;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.History;

internal static class DayEndpoints
{
    public static void MapDayEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/servers/{slug}/days", ListAsync)
            .WithTags("history")
            .RefusingBadTokens()
            .WithName("list_days")
            .WithSummary("UTC days of a server, the oldest first.")
            .WithDescription(
                $"A verdict counts in the UTC day in which its minute begins. uptime_pct is {UptimeFigures.Formula}; null without a counted minute. shown is the worst state of at least 5 minutes in all, else the one with the largest share; null when nothing is known of the day. next is the to of the older page."
            )
            .Produces<DaysAnswer>();

    private static async Task<object> ListAsync(
        string slug,
        ServerQueries servers,
        ServerHistory history,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [Description("How many days at most, 1 to 800; 90 unless told.")] string? last = null,
        [Description("The last day, for example 2026-11-21; today unless told.")] string? to = null,
        [Description("json or csv.")] string? format = null
    )
    {
        if (await servers.ResolveAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        var most = CountAsk.Read("last", last, 90, ServerHistory.MostDays);
        var day = Day(to, MinuteStamp.Of(clock.GetUtcNow()).Day);
        var isCsv = CsvAnswer.IsAsked(format);
        if (!most.TryGet(out var count) | !day.TryGet(out var newest) | !isCsv.TryGet(out var asCsv))
        {
            return most.Problems.Concat(day.Problems).Concat(isCsv.Problems).ToList();
        }

        var bars = await history.DaysAsync(server, newest, count, cancellationToken);
        var lines = bars.Select(DayLine.Of).ToList();
        if (asCsv)
        {
            return CsvAnswer.Of(DayLine.Columns, lines.Select(line => line.Cells));
        }

        var next = bars.Count == count && bars[0].Day > new DateOnly(1970, 1, 1) ? Text(bars[0].Day.AddDays(-1)) : null;
        var answer = new DaysAnswer(slug, UptimeFigures.Formula, lines, next);
        return Results.Json(answer, HistoryJson.Default.DaysAnswer);
    }

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Result<DateOnly> Day(string? text, DateOnly today)
    {
        if (string.IsNullOrEmpty(text))
        {
            return today;
        }

        return
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year >= 1970
            ? day < today
                ? day
                : today
            : WindowProblems.NotADay("to", text);
    }
}
