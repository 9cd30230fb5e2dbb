using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Messages;
using AliveMcp.Storage.Audit;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Incidents;

/// <summary>What people do about incidents of their tenant: each with its audit row, and doing it again changes nothing.</summary>
public sealed class IncidentActs
{
    /// <summary>The longest words about an incident.</summary>
    public const int LongestText = 2_000;

    /// <summary>The longest reason for which an incident does not count, and the longest line that opens one.</summary>
    public const int LongestReason = 300;

    private const string Acknowledged = "incident.acknowledged";
    private const string Told = "incident.told";
    private const string Resolved = "incident.resolved";

    private readonly AlertingDb _db;
    private readonly IncidentQueries _queries;
    private readonly ActorScope _who;
    private readonly TimeProvider _clock;

    internal IncidentActs(AlertingDb db, IncidentQueries queries, ActorScope who, TimeProvider clock) =>
        (_db, _queries, _who, _clock) = (db, queries, who, clock);

    /// <summary>What who acts is called where other members read it.</summary>
    private string Author =>
        SafeText.Of(_who.Actor.Name ?? (_who.Actor.Key is { } key ? $"API key {key}" : _who.Actor.Layer), 200);

    /// <summary>Somebody looks after it: nobody else is called.</summary>
    public Task<Result<IncidentAnswer>> AcknowledgeAsync(long id, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            incident =>
            {
                if (incident.IsResolved)
                {
                    return IncidentProblems.Over;
                }

                if (incident.AcknowledgedAt is null)
                {
                    (incident.AcknowledgedAt, incident.AcknowledgedBy) = (_clock.GetUtcNow(), Author);
                    Say(incident, "acknowledged", "Somebody looks after it.");
                }

                return null;
            },
            Acknowledged,
            cancellationToken
        );

    /// <summary>Words for everybody who may see the server.</summary>
    public Task<Result<IncidentAnswer>> SayAsync(long id, string text, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            incident =>
            {
                Say(incident, IncidentUpdate.Said, text);
                return null;
            },
            Told,
            cancellationToken
        );

    /// <summary>Words for the members alone: nobody is told, and no public page has them.</summary>
    public Task<Result<IncidentAnswer>> NoteAsync(long id, string text, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            incident =>
            {
                Say(incident, IncidentUpdate.Noted, text);
                return null;
            },
            "incident.noted",
            cancellationToken
        );

    /// <summary>Leaves it out of what is promised, or counts it again.</summary>
    /// <param name="id">Which.</param>
    /// <param name="reason">Shown with it; null counts it again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<IncidentAnswer>> ExcludeAsync(long id, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            incident =>
            {
                if (incident.ExcludedReason != reason)
                {
                    incident.ExcludedReason = reason;
                    Say(incident, reason is null ? "included" : "excluded", reason ?? "It counts again.");
                }

                return null;
            },
            reason is null ? "incident.included" : "incident.excluded",
            cancellationToken
        );

    /// <summary>Ends an incident that was opened by hand.</summary>
    public Task<Result<IncidentAnswer>> ResolveAsync(long id, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            incident =>
            {
                if (incident.Kind != AlertKind.Manual)
                {
                    return IncidentProblems.NotByHand;
                }

                if (!incident.IsResolved)
                {
                    (incident.State, incident.ResolvedAt) = (IncidentState.Resolved, _clock.GetUtcNow());
                    Say(incident, "resolved", "It is over.");
                }

                return null;
            },
            Resolved,
            cancellationToken
        );

    /// <summary>Opens one by hand: for what no look can see.</summary>
    public async Task<Result<IncidentAnswer>> OpenAsync(
        ServerKey server,
        string summary,
        Severity severity,
        CancellationToken cancellationToken
    )
    {
        var now = _clock.GetUtcNow();
        Incident opened;
        await using (var transaction = await _db.BeginAsync(cancellationToken))
        {
            opened = new Incident
            {
                TenantId = server.Tenant,
                ServerId = server.Server,
                Kind = AlertKind.Manual,
                Severity = severity,
                Summary = summary,
                StartedAt = now,
                ConfirmedIn = MinuteStamp.Of(now).Value,
                OpenedAt = now,
            };
            _db.Incidents.Add(opened);
            await _db.SaveChangesAsync(cancellationToken);
            var said = Say(opened, "opened", summary);
            _db.Audit(new AuditEntry("incident.opened", "incident", $"{opened.IncidentId}"));
            await _db.SaveChangesAsync(cancellationToken);
            _db.TellByHand(opened, AlertType.Triggered, said);
            await _db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return (await _queries.FindAsync(opened.IncidentId, cancellationToken))!;
    }

    private async Task<Result<IncidentAnswer>> ChangeAsync(
        long id,
        Func<Incident, Problem?> change,
        string action,
        CancellationToken cancellationToken
    )
    {
        await using (var transaction = await _db.BeginAsync(cancellationToken))
        {
            // Two who answer at once come one after the other, and the second sees what the first did.
            var found = await _db
                .Incidents.FromSql($"SELECT * FROM alerting.incident WHERE incident_id = {id} FOR UPDATE")
                .ToListAsync(cancellationToken);
            if (found.Count == 0)
            {
                return IncidentProblems.NotFound(id);
            }

            if (change(found[0]) is { } problem)
            {
                return problem;
            }

            if (_db.ChangeTracker.HasChanges())
            {
                _db.Audit(new AuditEntry(action, "incident", $"{id}"));
                await _db.SaveChangesAsync(cancellationToken);
                await TellAsync(found[0], action, cancellationToken);

                await transaction.CommitAsync(cancellationToken);
            }
        }

        return (await _queries.FindAsync(id, cancellationToken))!;
    }

    /// <summary>Those who were told of the incident hear of the act.</summary>
    private async Task TellAsync(Incident incident, string action, CancellationToken cancellationToken)
    {
        if (action == Acknowledged)
        {
            await Acknowledgement.TellAsync(_db, incident.IncidentId, Author, _clock.GetUtcNow(), cancellationToken);
        }
        else if (
            action is Told or Resolved
            && _db.ChangeTracker.Entries<IncidentUpdate>().SingleOrDefault()?.Entity is { } said
        )
        {
            _db.TellByHand(incident, action == Told ? AlertType.Updated : AlertType.Resolved, said);
            await _db.SaveChangesAsync(cancellationToken);
        }
    }

    private IncidentUpdate Say(Incident incident, string kind, string text) =>
        _db
            .IncidentUpdates.Add(
                new IncidentUpdate
                {
                    TenantId = incident.TenantId,
                    ServerId = incident.ServerId,
                    IncidentId = incident.IncidentId,
                    At = _clock.GetUtcNow(),
                    Kind = kind,
                    Text = text,
                    Author = Author,
                }
            )
            .Entity;
}
