using System.ComponentModel;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.History;

internal static class MinuteEndpoints
{
    private const int Most = 1440;

    /// <summary>Stands for the newest archived minute.</summary>
    private const string Latest = "latest";

    public static void MapMinuteEndpoints(this RouteGroupBuilder api)
    {
        var minutes = api.MapGroup("/servers/{slug}/minutes").WithTags("minutes");

        minutes
            .MapGet("/", ListAsync)
            .RefusingBadTokens()
            .WithName("list_minutes")
            .WithSummary("Verdict-minutes of a server, the newest first.")
            .WithDescription(
                "Each minute stands for weight minutes. Unplanned minutes have no row; a minute that was planned and never seen has none either. next is the to of the older page; null on the last one."
            )
            .Produces<MinutesAnswer>();
        minutes
            .MapGet("/{minute}/explain", ExplainAsync)
            .RequireAuthorization(Can.ReadServers)
            .WithName("explain_minute")
            .WithSummary("One minute of an own server from ticket to archive.")
            .Produces<ExplainAnswer>();
    }

    private static async Task<object> ListAsync(
        string slug,
        ServerQueries servers,
        MinuteQueries minutes,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [Description("The first minute: ISO 8601, or the count of minutes since 1970.")] string? from = null,
        [Description("The first minute after the last; now unless told.")] string? to = null,
        [Description("How many at most, 1 to 1440; 60 unless told.")] string? last = null,
        [Description("json or csv.")] string? format = null
    )
    {
        if (await servers.ResolveAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        var ask = new WindowAsk { UnlessTold = int.MaxValue, Most = int.MaxValue };
        var window = ask.Read(from, to, clock.GetUtcNow());
        var most = CountAsk.Read("last", last, 60, Most);
        var isCsv = CsvAnswer.IsAsked(format);
        if (!window.TryGet(out var seen) | !most.TryGet(out var count) | !isCsv.TryGet(out var asCsv))
        {
            return window.Problems.Concat(most.Problems).Concat(isCsv.Problems).ToList();
        }

        var page = await minutes.PageAsync(server, seen, count, cancellationToken);
        var lines = page.Minutes.Select(MinuteLine.Of).ToList();
        return asCsv
            ? CsvAnswer.Of(MinuteLine.Columns, lines.Select(line => line.Cells))
            : Results.Json(
                new MinutesAnswer(slug, lines) { Next = page.Next?.ToString() },
                MinuteJson.Default.MinutesAnswer
            );
    }

    /// <summary>An ISO 8601 instant, the count of minutes since 1970, or latest. What a probe saw is not for strangers.</summary>
    private static async Task<object> ExplainAsync(
        string slug,
        string minute,
        ServerQueries servers,
        MinuteQueries minutes,
        TimeProvider clock,
        MinuteExplanation explanation,
        CancellationToken cancellationToken
    )
    {
        if (await servers.ResolveOwnAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        if (minute != Latest && !MinuteStamp.TryParse(minute, out _))
        {
            return MinuteProblems.NotAMinute(minute);
        }

        return
            await StampAsync(minutes, clock, server, minute, cancellationToken) is { } stamp
            // One minute is planned ahead.
            && stamp <= MinuteStamp.Of(clock.GetUtcNow()) + 1
            && await explanation.ExplainAsync(server, stamp, cancellationToken) is { } explained
            ? Results.Json(ExplainAnswer.Of(slug, explained), MinuteJson.Default.ExplainAnswer)
            : MinuteProblems.NothingKnown(slug, minute);
    }

    private static async Task<MinuteStamp?> StampAsync(
        MinuteQueries minutes,
        TimeProvider clock,
        ServerKey server,
        string minute,
        CancellationToken cancellationToken
    )
    {
        if (MinuteStamp.TryParse(minute, out var stamp))
        {
            return stamp;
        }

        var all = new Window(default, MinuteStamp.Of(clock.GetUtcNow()) + 1);
        var newest = (await minutes.PageAsync(server, all, 1, cancellationToken)).Minutes;
        return newest.Count == 0 ? null : newest[0].Minute;
    }
}
