using System.Globalization;
using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;
using Npgsql;

namespace AliveMcp.Alerting.Incidents;

/// <summary>
/// Turns confirmed changes into incidents and alerts, inside the transaction of what they were read from. Everything has a name of its own,
/// so that what is read again opens and tells nothing twice; what people said about an incident is left as it is.
/// </summary>
internal sealed class IncidentOpener(MessageWriter messages)
{
    public async Task WriteAsync(
        NpgsqlTransaction transaction,
        ChangeReport report,
        CancellationToken cancellationToken
    )
    {
        await FirstBadTable.WriteAsync(transaction, report, cancellationToken);
        foreach (var wave in Waves(report.Changes))
        {
            await WriteAsync(transaction, wave, report.ReadAt, cancellationToken);
        }
    }

    /// <summary>Of one incident one change after the other; of different ones all together.</summary>
    private static IEnumerable<IReadOnlyList<ReportedChange>> Waves(IEnumerable<ReportedChange> changes) =>
        changes
            .GroupBy(change => (change.Change.Server, change.Change.Kind))
            .SelectMany(incident => incident.Select((change, place) => (change, place)))
            .GroupBy(one => one.place, one => one.change)
            .OrderBy(wave => wave.Key)
            .Select(wave => wave.ToList());

    private async Task WriteAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<ReportedChange> wave,
        DateTimeOffset readAt,
        CancellationToken cancellationToken
    )
    {
        var opened = wave.Where(one => one.Change.Act == ChangeAct.Opened).ToList();
        var ids = await IncidentTable.OpenAsync(transaction, opened, readAt, cancellationToken);
        var changed = wave.Where(one => one.Change.Act != ChangeAct.Opened).ToList();
        foreach (var (name, id) in await IncidentTable.ChangeAsync(transaction, changed, cancellationToken))
        {
            ids[name] = id;
        }

        var told = wave.Select(one => (one, Id: ids.GetValueOrDefault(IncidentName.Of(one.Change))))
            .Where(one => one.Id > 0)
            .ToList();
        if (told.Count == 0)
        {
            return;
        }

        await IncidentTable.SayAsync(transaction, told, readAt, cancellationToken);
        var alerts = new List<NewAlert>(told.Count);
        foreach (var (one, id) in told)
        {
            var type = TypeOf(one.Change);
            alerts.Add(
                new NewAlert
                {
                    Server = one.Change.Server,
                    Incident = id,
                    Type = type,
                    Kind = one.Change.Kind,
                    Severity = one.Change.Severity,
                    ToldKey = ToldKey(one.Change, id),
                    SealedAt = readAt,
                    Message = await messages.OfAsync(one, id, type, cancellationToken),
                }
            );
        }

        await AlertTable.WriteAsync(transaction, alerts, cancellationToken);
    }

    private static AlertType TypeOf(StatusChange change) =>
        change.Act switch
        {
            ChangeAct.Opened when change.Kind == AlertKind.Burn => AlertType.Burn,
            ChangeAct.Opened or ChangeAct.Nearer when change.Ends is not null => change.Kind == AlertKind.Certificate
                ? AlertType.Certificate
                : AlertType.Credential,
            ChangeAct.Opened => AlertType.Triggered,
            ChangeAct.Flapping or ChangeAct.Steady => AlertType.Updated,
            _ => AlertType.Resolved,
        };

    private static string ToldKey(StatusChange change, long incident) =>
        change.Act switch
        {
            ChangeAct.Opened => string.Create(CultureInfo.InvariantCulture, $"incident:{incident}:triggered"),
            ChangeAct.Flapping or ChangeAct.Steady => string.Create(
                CultureInfo.InvariantCulture,
                $"incident:{incident}:updated:{change.At.Value}"
            ),
            ChangeAct.Nearer => string.Create(
                CultureInfo.InvariantCulture,
                $"incident:{incident}:stage:{change.Stage}"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"incident:{incident}:resolved"),
        };
}

/// <summary>What makes an incident the same when its minutes are read again.</summary>
internal readonly record struct IncidentName(ServerId Server, AlertKind Kind, MinuteStamp ConfirmedIn)
{
    public static IncidentName Of(StatusChange change) => new(change.Server.Server, change.Kind, change.ConfirmedIn);
}
