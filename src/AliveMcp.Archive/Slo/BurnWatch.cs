using AliveMcp.Archive.History;
using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Slo;

/// <summary>Whether a server's error budget burns too fast: what alerts ask.</summary>
public sealed class BurnWatch(UptimeQueries uptime, TimeProvider clock)
{
    /// <summary>Fewer bad minutes than this burn nothing, however small the budget is.</summary>
    public const int LeastBad = 3;

    /// <summary>Looks at the rules from the fastest burn on; the first that burns, or null.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="objective">What is promised.</param>
    /// <param name="cadence">Minutes between two looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BurningRule?> FirstAsync(
        ServerKey server,
        Objective objective,
        int cadence,
        CancellationToken cancellationToken
    )
    {
        var until = HistoryReader.Until(clock.GetUtcNow());
        foreach (var one in BurnRule.All)
        {
            var rule = one.For(cadence);
            var longer = await OfAsync(server, rule.LongMinutes, until, cancellationToken);
            if (longer.Down < LeastBad)
            {
                continue;
            }

            var shorter = await OfAsync(server, rule.ShortMinutes, until, cancellationToken);
            var burn = Burn.Of(rule, objective.TargetPercent, longer, shorter);
            if (burn is { IsBurning: true, LongRate: { } rate })
            {
                return new BurningRule(rule.LongMinutes, rate, longer.Down);
            }
        }

        return null;
    }

    private async Task<CountedMinutes> OfAsync(
        ServerKey server,
        int minutes,
        MinuteStamp until,
        CancellationToken cancellationToken
    ) => CountedMinutes.Of(await uptime.OfAsync(server, new Window(until - minutes, until), cancellationToken));
}

/// <summary>A rule by which a budget burns too fast.</summary>
/// <param name="LongMinutes">Its long window.</param>
/// <param name="Rate">How many times as fast as the promise allows; 1 spends the budget exactly in its window.</param>
/// <param name="DownMinutes">Down minutes in the long window.</param>
public sealed record BurningRule(int LongMinutes, decimal Rate, int DownMinutes);
