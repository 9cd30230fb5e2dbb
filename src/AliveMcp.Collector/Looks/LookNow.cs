using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Schedule;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Looks;

/// <summary>
/// Has a server looked at because a person asks: one try from one region, at once, ahead of the minutes. What it says goes to the asker alone;
/// no minute hears of it, so that nobody can ask a server into a better or worse record.
/// </summary>
internal sealed class LookNow(WatchList servers, LiveRegions fleet, RedisClock clock, LookTurns turns, AskScript ask)
{
    /// <summary>Looks that wait in one region; probers take them within a second.</summary>
    private const int Bound = 100;

    /// <param name="server">Whose owner asks; whether he may is the caller's to know.</param>
    /// <param name="slug">As he spelled it.</param>
    /// <param name="region">From where; null: from wherever a prober lives.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The look that waits; or <c>server_paused</c>, <c>server_asked_to_wait</c>, <c>look_too_soon</c>, <c>looks_too_many</c>,
    /// <c>region_not_found</c>, <c>prober_unavailable</c>, <c>look_unavailable</c>.</returns>
    public async Task<Result<LookId>> AskAsync(
        ServerKey server,
        string slug,
        string? region,
        CancellationToken cancellationToken
    )
    {
        if (await servers.FindAsync(server, cancellationToken) is not { } watched)
        {
            return LookProblems.Paused(slug);
        }

        var now = await clock.NowAsync();
        var round = PlanRound.Of(now, await fleet.NowAsync(cancellationToken), wereAway: false);
        var regions = round.RegionsOf(watched);
        if (regions.Count == 0)
        {
            return LookProblems.NoProber;
        }

        var chosen = region is null ? regions[0] : regions.FirstOrDefault(known => known.Name == region);
        if (chosen == default)
        {
            return LookProblems.NoRegion(region!, regions);
        }

        if (await turns.TakeAsync(server, slug) is { } problem)
        {
            return problem;
        }

        var look = LookId.New(chosen);
        var order = new LookOrder
        {
            Server = server,
            Slug = slug,
            SettingsVersion = watched.SettingsVersion,
            Isolated = round.LaneOf(watched) == Lane.Isolated,
            AskedAt = now,
        };
        return await ask.RunAsync(look, order, Bound) ? look : LookProblems.Crowded(chosen);
    }
}
