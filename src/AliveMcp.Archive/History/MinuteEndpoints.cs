using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.History;

internal static class MinuteEndpoints
{
    /// <summary>Stands for the newest archived minute.</summary>
    private const string Latest = "latest";

    public static void MapMinuteEndpoints(this RouteGroupBuilder api)
    {
        var minutes = api.MapGroup("/servers/{slug}/minutes").WithTags("minutes");

        minutes.MapGet("/", ListAsync).RefusingBadTokens().WithName("list_minutes");
        minutes
            .MapGet("/{minute}/explain", ExplainAsync)
            .RequireAuthorization(Can.ReadServers)
            .WithName("explain_minute");
    }

    /// <summary>The newest archived minutes of a server, newest first. last: 1 to 1440, 60 unless told.</summary>
    private static async Task<object> ListAsync(
        string slug,
        ServerQueries servers,
        ServerHistory history,
        CancellationToken cancellationToken,
        int last = 60
    )
    {
        if (await servers.ResolveAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        if (last is < 1 or > 1440)
        {
            return MinuteProblems.LastOutOfRange(last, 1440);
        }

        var rows = await history.MinutesAsync(server, last, cancellationToken);
        var answer = new MinutesAnswer(slug, [.. rows.Select(MinuteLine.Of)]);
        return Results.Json(answer, MinuteJson.Default.MinutesAnswer);
    }

    /// <summary>One minute of an own server from ticket to archive: an ISO 8601 instant, the count of minutes since 1970, or latest. What a probe saw is not for strangers.</summary>
    private static async Task<object> ExplainAsync(
        string slug,
        string minute,
        OwnServers servers,
        ServerHistory history,
        MinuteExplanation explanation,
        CancellationToken cancellationToken
    )
    {
        if (await servers.FindAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        if (minute != Latest && !MinuteStamp.TryParse(minute, out _))
        {
            return MinuteProblems.NotAMinute(minute);
        }

        return
            await StampAsync(history, server, minute, cancellationToken) is { } stamp
            && await explanation.ExplainAsync(server, stamp, cancellationToken) is { } explained
            ? Results.Json(ExplainAnswer.Of(slug, explained), MinuteJson.Default.ExplainAnswer)
            : MinuteProblems.NothingKnown(slug, minute);
    }

    private static async Task<MinuteStamp?> StampAsync(
        ServerHistory history,
        ServerKey server,
        string minute,
        CancellationToken cancellationToken
    )
    {
        if (MinuteStamp.TryParse(minute, out var stamp))
        {
            return stamp;
        }

        var newest = await history.MinutesAsync(server, 1, cancellationToken);
        return newest.Count == 0 ? null : newest[0].Minute;
    }
}
