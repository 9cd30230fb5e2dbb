using AliveMcp.Archive.History;
using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Slo.Sla;

/// <summary>Makes the report of a month. Every sum is <see cref="UptimeQueries"/>', every bar <see cref="ServerHistory"/>'s.</summary>
internal sealed class SlaReports(UptimeQueries uptime, ServerHistory history, MinuteQueries minutes, TimeProvider clock)
{
    /// <summary>Servers in one report.</summary>
    public const int MostServers = 500;

    /// <summary>How many months back a report may look: day roll-ups are kept for seven years at most.</summary>
    private const int MonthsBack = 84;

    /// <summary>The month that a request means.</summary>
    public Result<SlaMonth> Month(string? text)
    {
        if (!SlaMonth.TryParse(text, out var month))
        {
            return SloProblems.NotAMonth(text);
        }

        var running = SlaMonth.Of(clock.GetUtcNow());
        if (month.CompareTo(running) > 0)
        {
            return SloProblems.ToCome(month);
        }

        var oldest = new SlaMonth(running.First.AddMonths(-MonthsBack));
        return month.CompareTo(oldest) < 0 ? SloProblems.TooFarBack(month, oldest) : month;
    }

    public async Task<SlaReport> MakeAsync(
        SlaMonth month,
        IReadOnlyList<PromisedServer> servers,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var lines = new List<SlaServer>(servers.Count);
        foreach (var server in servers)
        {
            lines.Add(await OfAsync(server, month, cancellationToken));
        }

        return new SlaReport
        {
            Month = month,
            MadeAt = now,
            IsFinal = month.IsOver(now),
            Servers = lines,
        };
    }

    private async Task<SlaServer> OfAsync(PromisedServer server, SlaMonth month, CancellationToken cancellationToken)
    {
        var window = new Window(month.Start, month.End);
        var figures = await uptime.OfAsync(server.Key, window, cancellationToken);
        var days = await history.DaysAsync(server.Key, month.Last, month.Last.Day, cancellationToken);
        var mayHaveDowns = figures.DownMinutes + figures.MaintenanceMinutes > 0;
        IReadOnlyList<StateRun> runs = mayHaveDowns
            ? await minutes.ChangesAsync(server.Key, window, cancellationToken)
            : [];
        return new SlaServer
        {
            Server = server,
            Figures = figures,
            Budget = ErrorBudget.Of(server.Objective.TargetPercent, CountedMinutes.Of(figures)),
            Days = [.. days.Where(day => day.Day >= month.First)],
            Downs = DownStretch.Of(runs),
        };
    }
}
