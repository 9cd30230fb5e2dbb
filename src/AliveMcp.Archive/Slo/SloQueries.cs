using AliveMcp.Archive.History;
using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Slo;

/// <summary>Holds servers against their objectives. Every sum comes from <see cref="UptimeQueries"/>.</summary>
internal sealed class SloQueries(UptimeQueries uptime, TimeProvider clock)
{
    public async Task<SloStanding> OfAsync(PromisedServer server, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = HistoryReader.Until(now);
        var span = SloSpan.Of(server.Objective.Window, now);
        var figures = await uptime.OfAsync(
            server.Key,
            new Window(MinuteStamp.Of(span.From), MinuteStamp.Of(span.To.AddDays(1))),
            cancellationToken
        );
        var burns = new List<Burn>();
        foreach (var rule in BurnRule.All)
        {
            burns.Add(await BurnAsync(server, rule.For(server.Cadence), until, cancellationToken));
        }

        return new SloStanding
        {
            Server = server,
            From = span.From,
            To = span.To,
            Figures = figures,
            // What is paused is not expected to count later on.
            Budget = ErrorBudget.Of(
                server.Objective.TargetPercent,
                CountedMinutes.Of(figures),
                server.IsPaused ? 0 : span.MinutesAhead
            ),
            Burns = burns,
        };
    }

    private async Task<Burn> BurnAsync(
        PromisedServer server,
        BurnRule rule,
        MinuteStamp until,
        CancellationToken cancellationToken
    )
    {
        var longer = await uptime.OfAsync(server.Key, new Window(until - rule.LongMinutes, until), cancellationToken);
        var shorter = await uptime.OfAsync(server.Key, new Window(until - rule.ShortMinutes, until), cancellationToken);
        return Burn.Of(rule, server.Objective.TargetPercent, CountedMinutes.Of(longer), CountedMinutes.Of(shorter));
    }
}
