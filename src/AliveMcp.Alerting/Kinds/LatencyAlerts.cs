using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Archive.History;
using AliveMcp.Servers.Alerts;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Kinds;

/// <summary>Tells of servers that are much slower than usual. Only those are looked at whose owner switched it on.</summary>
internal sealed class LatencyAlerts(
    PostgresDoors doors,
    LatencyWatch latencies,
    IncidentOpener opener,
    TimeProvider clock
)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private DateTimeOffset _again;

    /// <summary>Looks when it is time to.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _again)
        {
            return;
        }

        _again = now + Every;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LookTurn.TakeAsync(transaction, AlertKind.Latency, cancellationToken) is not { } open)
        {
            return;
        }

        var report = new ChangeReport(now);
        foreach (
            var server in await AlertedServers.NamingAsync(
                connection,
                AlertKind.Latency.Word(),
                open.Keys,
                cancellationToken
            )
        )
        {
            int? since = open.TryGetValue(server.Key.Server, out var confirmedIn) ? confirmedIn : null;
            if (await ChangeAsync(server, since, MinuteStamp.Of(now), cancellationToken) is { } change)
            {
                report.Add(server, minute: null, new Tracked(Standing.New, [change]));
            }
        }

        await opener.WriteAsync(transaction, report, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<StatusChange?> ChangeAsync(
        AlertedServer server,
        int? openSince,
        MinuteStamp now,
        CancellationToken cancellationToken
    )
    {
        var settings = TrackerSettings.Of(server.Alerts);
        var isWanted = !server.IsPaused && !settings.Off.Contains(AlertKind.Latency);
        var latency = isWanted ? await latencies.LookAsync(server.Key, cancellationToken) : null;
        // Too little to compare says nothing: what is open stays open until something is seen.
        var isSlow =
            isWanted && (latency is { } seen ? LatencyRule.IsSlow(seen, openSince is not null) : openSince is not null);
        if (isSlow == openSince is not null)
        {
            return null;
        }

        var confirmed = openSince is { } minute ? new MinuteStamp(minute) : now;
        return new StatusChange
        {
            Server = server.Key,
            Kind = AlertKind.Latency,
            Act =
                isSlow ? ChangeAct.Opened
                : isWanted ? ChangeAct.Closed
                : ChangeAct.Unwatched,
            Severity = SeverityTable.Of(AlertKind.Latency, settings),
            StartedIn = isSlow ? now - LatencyWatch.Recent : confirmed,
            ConfirmedIn = confirmed,
            At = now,
            EndedIn = isSlow ? null : now,
            Reason = Why.None,
            Measured = latency is { } told ? LatencyRule.Sentence(told) : null,
        };
    }
}
