using System.ComponentModel;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.History;

internal static class LatencyEndpoints
{
    private const int OneDay = 1440;
    private const int MostByHour = 31 * OneDay;
    private const int MostByDay = LatencyPoints.Most * OneDay;
    private static readonly string[] Steps = ["hour", "day"];

    public static void MapLatencyEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/servers/{slug}/latency", GetAsync)
            .WithTags("history")
            .RefusingBadTokens()
            .WithName("get_latency")
            .WithSummary("How fast a server was, by UTC hours or days.")
            .WithDescription(
                "Percentiles of the first tries of all regions, from merged sketches: error at most 7 % between 4 ms and 30 s. By the hour also the mean of each phase for each region. A point is a whole hour or day: the first one may begin before from."
            )
            .Produces<LatencyAnswer>();

    private static async Task<object> GetAsync(
        string slug,
        ServerQueries servers,
        LatencyQueries latency,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [Description("The first minute: ISO 8601, or the count of minutes since 1970; a day before to unless told.")]
            string? from = null,
        [Description("The first minute after the last; now unless told.")] string? to = null,
        [Description("hour (at most 31 days) or day (at most 800); by the length of the window unless told.")]
            string? step = null,
        [Description("json or csv.")] string? format = null
    )
    {
        if (await servers.ResolveAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        var ask = new WindowAsk { UnlessTold = OneDay, Most = step == "hour" ? MostByHour : MostByDay };
        var asked = ask.Read(from, to, clock.GetUtcNow());
        var isCsv = CsvAnswer.IsAsked(format);
        List<Problem> problems = [.. asked.Problems, .. isCsv.Problems];
        if (!string.IsNullOrEmpty(step) && !Steps.Contains(step, StringComparer.Ordinal))
        {
            problems.Add(WindowProblems.NotOneOf("step", step, Steps));
        }

        if (!asked.TryGet(out var window) | !isCsv.TryGet(out var asCsv) || problems.Count > 0)
        {
            return problems;
        }

        var chosen = Chosen(step, window);
        var points = await latency.SeriesAsync(server, window, chosen, cancellationToken);
        var lines = points.Select(LatencyLine.Of).ToList();
        return asCsv
            ? CsvAnswer.Of(LatencyLine.Columns, lines.Select(line => line.Cells))
            : Results.Json(new LatencyAnswer(slug, Steps[(int)chosen], lines), HistoryJson.Default.LatencyAnswer);
    }

    private static LatencyStep Chosen(string? step, Window window)
    {
        const int sevenDays = 7 * OneDay;
        return string.IsNullOrEmpty(step)
            ? window.Minutes <= sevenDays
                ? LatencyStep.Hour
                : LatencyStep.Day
            : step == "hour"
                ? LatencyStep.Hour
                : LatencyStep.Day;
    }
}
