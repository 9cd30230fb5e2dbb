using System.ComponentModel;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.History;

internal static class UptimeEndpoints
{
    private const int ThirtyDays = 30 * 1440;

    /// <summary>The longest promise of a plan is seven years of days.</summary>
    private const int Most = 2_600 * 1440;

    public static void MapUptimeEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/servers/{slug}/uptime", GetAsync)
            .WithTags("history")
            .RefusingBadTokens()
            .WithName("get_uptime")
            .WithSummary("The uptime of any window, exact to the minute.")
            .WithDescription(
                $"uptime_pct is {UptimeFigures.Formula}; null without a counted minute. A verdict counts in the window in which its minute begins, with all the minutes that it stands for. coverage_pct is the share of the watched minutes, planned maintenance aside, whose state is known. from and to are answered as counted: to no later than now, and without what the plan hides."
            )
            .Produces<UptimeAnswer>();

    private static async Task<object> GetAsync(
        string slug,
        ServerQueries servers,
        UptimeQueries uptime,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [Description("The first minute: ISO 8601, or the count of minutes since 1970; 30 days before to unless told.")]
            string? from = null,
        [Description("The first minute after the last; now unless told.")] string? to = null
    )
    {
        if (await servers.ResolveAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        var asked = new WindowAsk { UnlessTold = ThirtyDays, Most = Most }.Read(from, to, clock.GetUtcNow());
        if (!asked.TryGet(out var window))
        {
            return asked.Problems;
        }

        var figures = await uptime.OfAsync(server, window, cancellationToken);
        return Results.Json(UptimeAnswer.Of(slug, figures), HistoryJson.Default.UptimeAnswer);
    }
}
