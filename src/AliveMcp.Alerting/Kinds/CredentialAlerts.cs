using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Servers.Alerts;
using AliveMcp.Vocabulary;
using Npgsql;

namespace AliveMcp.Alerting.Kinds;

/// <summary>
/// Credentials that end soon, and those that were replaced, as changes of incidents. One credential has one incident: it is named by the
/// credential's number, below zero.
/// </summary>
internal static class CredentialAlerts
{
    /// <summary>Adds what is to be told to the report.</summary>
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
        var open = await OpenExpiry.OfAsync(transaction, AlertKind.Credential, cancellationToken);
        var ending = (await EndingCredentials.OfAsync(transaction.Connection!, now, cancellationToken)).ToDictionary(
            credential => credential.Server
        );
        var differing = ending
            .Keys.Union(open.Keys)
            .Where(server => open.GetValueOrDefault(server)?.Name != -ending.GetValueOrDefault(server)?.Number)
            .ToList();
        var servers = await AlertedServers.OfAsync(transaction.Connection!, differing, cancellationToken);
        foreach (var server in servers.Values)
        {
            var (lasting, credential) = (
                open.GetValueOrDefault(server.Key.Server),
                ending.GetValueOrDefault(server.Key.Server)
            );
            var settings = TrackerSettings.Of(server.Alerts);
            if (lasting is not null || (isWatched(server) && !settings.Off.Contains(AlertKind.Credential)))
            {
                report.Add(
                    server,
                    null,
                    new Tracked(Standing.New, [Change(server, lasting, credential, settings, now)])
                );
            }
        }
    }

    /// <summary>Of two at once the old one's end comes first, and the new one's begin with the next look.</summary>
    private static StatusChange Change(
        AlertedServer server,
        OpenExpiry? open,
        EndingCredential? credential,
        TrackerSettings settings,
        DateTimeOffset now
    )
    {
        var minute = MinuteStamp.Of(now);
        return new StatusChange
        {
            Server = server.Key,
            Kind = AlertKind.Credential,
            Act = open is null ? ChangeAct.Opened : ChangeAct.Closed,
            Severity = SeverityTable.Of(AlertKind.Credential, Severity.P3, settings),
            StartedIn = open?.StartedIn ?? minute,
            ConfirmedIn = new MinuteStamp(open?.Name ?? -credential!.Number),
            At = minute,
            EndedIn = open is null ? null : minute,
            Reason = Why.None,
            Stage = 1,
            Measured = open is null
                ? "Get another and give it to us: probes go on with it from the next minute."
                : null,
            Ends = open is null ? credential!.Ends : null,
        };
    }
}
