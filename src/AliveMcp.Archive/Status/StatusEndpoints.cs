using System.ComponentModel;
using System.Globalization;
using AliveMcp.Archive.History;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.Status;

internal static class StatusEndpoints
{
    private const int MostServers = 10_000;

    public static void MapStatusEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/servers/{slug}/status", GetAsync)
            .WithTags("status")
            .RefusingBadTokens()
            .WithName("get_status")
            .WithSummary("How a server is now: the status that page, badge and embed tell.")
            .WithDescription(
                "state is the last known one for as long as it may be shown; then unknown, and not_verified_since says since when. "
                    + $"Percents are {UptimeFigures.Formula}."
            )
            .Produces<StatusAnswer>();
        api.MapGet("/statuses", ListAsync)
            .WithTags("status")
            .RefusingBadTokens()
            .Costs(5)
            .WithName("list_statuses")
            .WithSummary("How the servers are that you may know of, by their numbers.")
            .WithDescription("next is the after of the following page; null on the last one.")
            .Produces<StatusesAnswer>();
    }

    private static async Task<object> GetAsync(
        string slug,
        ServerQueries servers,
        StatusQueries statuses,
        CancellationToken cancellationToken
    )
    {
        if (await servers.ResolveAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        var status = await statuses.GetAsync(server, cancellationToken);
        return Results.Json(StatusAnswer.Of(slug, status), StatusJson.Default.StatusAnswer);
    }

    private static async Task<object> ListAsync(
        ServerQueries servers,
        StatusQueries statuses,
        CancellationToken cancellationToken,
        [Description("How many at most, 1 to 10000; 100 unless told.")] string? take = null,
        [Description("The next of the page before.")] string? after = null
    )
    {
        var most = CountAsk.Read("take", take, 100, MostServers);
        var isPlace = int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var place);
        List<Problem> problems = [.. most.Problems];
        if (!isPlace && !string.IsNullOrEmpty(after))
        {
            problems.Add(StatusProblems.NotACursor(after));
        }

        if (!most.TryGet(out var count) || problems.Count > 0)
        {
            return problems;
        }

        var named = await servers.NamesAsync(place, count, cancellationToken);
        var found = await statuses.GetManyAsync([.. named.Select(server => server.Key)], cancellationToken);
        var lines = named.Select(server => StatusLine.Of(server, found[server.Key.Server])).ToList();
        var next = named.Count == count ? named[^1].Key.Server.Value.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Json(new StatusesAnswer(lines, next), StatusJson.Default.StatusesAnswer);
    }
}

/// <summary>The ways in which this slice says no.</summary>
internal static class StatusProblems
{
    public static Problem NotACursor(string text) =>
        new(
            "after_invalid",
            $"after is '{SafeText.Of(text, 80)}'; give the next of the page before, as it was answered.",
            "after"
        );
}
