using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Servers.Alerts;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Kinds;

/// <summary>Certificates that end soon, and those that were renewed, as changes of incidents.</summary>
internal static class CertificateAlerts
{
    private static readonly TimeSpan Earliest = TimeSpan.FromDays(30);

    /// <summary>Adds what is to be told to the report, and notes that it was.</summary>
    /// <param name="transaction">The one that the report is written in.</param>
    /// <param name="report">Where the changes go.</param>
    /// <param name="isWatched">Whether a server is looked at now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task LookAsync(
        NpgsqlTransaction transaction,
        ChangeReport report,
        Func<AlertedServer, bool> isWatched,
        CancellationToken cancellationToken
    )
    {
        var now = report.ReadAt;
        var open = await OpenExpiry.OfAsync(transaction, AlertKind.Certificate, cancellationToken);
        var rows = (await RowsAsync(transaction, open.Keys, now, cancellationToken))
            .Where(row => CertificateRule.Next(row, open.GetValueOrDefault(row.Server), true, now) is not null)
            .ToList();
        var servers = await AlertedServers.OfAsync(
            transaction.Connection!,
            [.. rows.Select(row => row.Server)],
            cancellationToken
        );
        var told = new List<ReachRow>();
        foreach (var row in rows.Where(row => servers.ContainsKey(row.Server)))
        {
            var (server, lasting) = (servers[row.Server], open.GetValueOrDefault(row.Server));
            var settings = TrackerSettings.Of(server.Alerts);
            var isWanted = isWatched(server) && !settings.Off.Contains(AlertKind.Certificate);
            if (CertificateRule.Next(row, lasting, isWanted, now) is { } act)
            {
                report.Add(server, null, new Tracked(Standing.New, [Change(server, row, lasting, act, settings, now)]));
                if (act is ChangeAct.Opened or ChangeAct.Nearer)
                {
                    told.Add(row);
                }
            }
        }

        await NoteAsync(transaction, told, now, cancellationToken);
    }

    private static StatusChange Change(
        AlertedServer server,
        ReachRow row,
        OpenExpiry? open,
        ChangeAct act,
        TrackerSettings settings,
        DateTimeOffset now
    )
    {
        var minute = MinuteStamp.Of(now);
        var stage = row.Ends is { } ends ? CertificateStage.Of(row.Begins, ends, now) : CertificateStage.None;
        return new StatusChange
        {
            Server = server.Key,
            Kind = AlertKind.Certificate,
            Act = act,
            Severity = SeverityTable.Of(
                AlertKind.Certificate,
                stage == CertificateStage.Last ? Severity.P2 : Severity.P3,
                settings
            ),
            StartedIn = open?.StartedIn ?? minute,
            ConfirmedIn = open is null ? MinuteStamp.Of(row.Ends!.Value) : new MinuteStamp(open.Name),
            At = minute,
            EndedIn = act is ChangeAct.Opened or ChangeAct.Nearer ? null : minute,
            Reason = Why.None,
            Stage = stage,
            Measured = act is ChangeAct.Opened or ChangeAct.Nearer
                ? "Renew it, and see that every machine that answers shows the new one."
                : null,
            Ends = row.Ends,
        };
    }

    private static async Task<List<ReachRow>> RowsAsync(
        NpgsqlTransaction transaction,
        IEnumerable<ServerId> open,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT server_id AS ServerId, certificate_begins AS Begins, certificate_ends AS Ends, certificate_at AS At,
                told_stage AS ToldStage, told_ends AS ToldEnds
            FROM alerting.reach WHERE (certificate_ends < @soon AND tenant_id <> @nobody) OR server_id = ANY(@open)
            """;
        var values = new
        {
            soon = now + Earliest,
            nobody = TenantId.Public.Value,
            open = open.Select(server => server.Value).ToArray(),
        };
        var rows = await transaction.Connection!.QueryAsync<ReachRow>(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        return [.. rows];
    }

    private static Task NoteAsync(
        NpgsqlTransaction transaction,
        List<ReachRow> told,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            UPDATE alerting.reach SET told_stage = one.stage, told_ends = one.ends
            FROM unnest(@servers, @stages, @ends) AS one (server_id, stage, ends) WHERE reach.server_id = one.server_id
            """;
        var values = new
        {
            servers = told.Select(row => row.ServerId).ToArray(),
            stages = told.Select(row => (short)CertificateStage.Of(row.Begins, row.Ends!.Value, now)).ToArray(),
            ends = told.Select(row => row.Ends!.Value).ToArray(),
        };
        return told.Count == 0
            ? Task.CompletedTask
            : transaction.Connection!.ExecuteAsync(
                new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
            );
    }
}
