using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Archive.Slo;
using AliveMcp.Servers.Alerts;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Kinds;

/// <summary>
/// Tells of error budgets that burn too fast, and when they no longer do. Only servers of which something is promised, and that were bad in
/// the last three days, are asked about.
/// </summary>
internal sealed class BurnAlerts(PostgresDoors doors, BurnWatch burns, IncidentOpener opener, TimeProvider clock)
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
        if (await LookTurn.TakeAsync(transaction, AlertKind.Burn, cancellationToken) is not { } open)
        {
            return;
        }

        var servers = await CandidatesAsync(transaction, now, open.Keys, cancellationToken);
        var report = new ChangeReport(now);
        foreach (var server in servers)
        {
            var change = await ChangeAsync(server, open, MinuteStamp.Of(now), cancellationToken);
            if (change is not null)
            {
                report.Add(server, null, new Tracked(Standing.New, [change]));
            }
        }

        await opener.WriteAsync(transaction, report, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<StatusChange?> ChangeAsync(
        AlertedServer server,
        Dictionary<ServerId, int> open,
        MinuteStamp now,
        CancellationToken cancellationToken
    )
    {
        var settings = TrackerSettings.Of(server.Alerts);
        var burning =
            server.Promised is { } promised && !server.IsPaused && !settings.Off.Contains(AlertKind.Burn)
                ? await burns.FirstAsync(server.Key, promised, server.Cadence, cancellationToken)
                : null;
        var isOpen = open.TryGetValue(server.Key.Server, out var confirmedIn);
        if (isOpen == burning is not null)
        {
            return null;
        }

        var confirmed = isOpen ? new MinuteStamp(confirmedIn) : now;
        return new StatusChange
        {
            Server = server.Key,
            Kind = AlertKind.Burn,
            Act = isOpen ? ChangeAct.Closed : ChangeAct.Opened,
            Severity = SeverityTable.Of(AlertKind.Burn, settings),
            StartedIn = burning is null ? confirmed : now - burning.LongMinutes,
            ConfirmedIn = confirmed,
            At = now,
            EndedIn = isOpen ? now : null,
            Reason = Why.None,
            Looks = burning?.DownMinutes ?? 0,
        };
    }

    private static async Task<IEnumerable<AlertedServer>> CandidatesAsync(
        NpgsqlTransaction transaction,
        DateTimeOffset now,
        IEnumerable<ServerId> open,
        CancellationToken cancellationToken
    )
    {
        var bad = await transaction.Connection!.QueryAsync<int>(
            new CommandDefinition(
                "SELECT DISTINCT server_id FROM alerting.first_bad WHERE minute > @since",
                new { since = MinuteStamp.Of(now).Value - (3 * 1440) },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        var servers = await AlertedServers.OfAsync(
            transaction.Connection!,
            [.. bad.Select(server => new ServerId(server)).Union(open)],
            cancellationToken
        );
        return servers.Values.Where(server => server.Promised is not null || open.Contains(server.Key.Server));
    }
}
