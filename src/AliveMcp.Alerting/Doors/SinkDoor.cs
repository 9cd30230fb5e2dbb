using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Sinks.Email;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Doors;

/// <summary>
/// What somebody may do who holds a link from a message, and nothing else: acknowledge one incident, want mails, want no more of them. The
/// link is the permission; what it does is done in the name of its tenant and told to the audit trail.
/// </summary>
internal sealed class SinkDoor(AlertingDb db, TenantScope tenants, ActorScope actors, TimeProvider clock)
{
    private const string Reader = "a reader of the mailbox";

    /// <summary>The incident that a link acknowledges, when it is still good.</summary>
    /// <returns>Its number; null: the link is used, too old, or none.</returns>
    public async Task<long?> LookAsync(TenantId tenant, string token, CancellationToken cancellationToken)
    {
        tenants.Act(tenant);
        await using var transaction = await db.BeginAsync(cancellationToken);
        var (hash, now) = (AcknowledgeLinks.HashOf(token), clock.GetUtcNow());
        var found = await db
            .Database.SqlQuery<long>(
                $"""
                SELECT incident_id AS "Value" FROM alerting.acknowledge_link
                WHERE hash = {hash} AND expires_at > {now} AND used_at IS NULL
                """
            )
            .ToListAsync(cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Uses a link up and acknowledges its incident.</summary>
    /// <returns>False: the link is used, too old, or none.</returns>
    public async Task<bool> AcknowledgeAsync(
        TenantId tenant,
        string token,
        IncidentActs incidents,
        CancellationToken cancellationToken
    )
    {
        tenants.Act(tenant);
        var (hash, now) = (AcknowledgeLinks.HashOf(token), clock.GetUtcNow());
        List<Used> used;
        await using (var transaction = await db.BeginAsync(cancellationToken))
        {
            used = await db
                .Database.SqlQuery<Used>(
                    $"""
                    WITH used AS (
                        UPDATE alerting.acknowledge_link SET used_at = {now}
                        WHERE hash = {hash} AND expires_at > {now} AND used_at IS NULL
                        RETURNING incident_id, sink_id)
                    SELECT used.incident_id AS "Incident", sink.name AS "Sink"
                    FROM used JOIN alerting.sink AS sink ON sink.sink_id = used.sink_id
                    """
                )
                .ToListAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        if (used is not [var link])
        {
            return false;
        }

        actors.Act(new Actor { Layer = "customer", Name = SafeText.Of($"a reader of {link.Sink}", 200) });
        await incidents.AcknowledgeAsync(link.Incident, cancellationToken);
        return true;
    }

    /// <summary>Proves a mail sink by the code of its opt-in letter.</summary>
    /// <returns>False: the code is wrong, too old, or tried too often.</returns>
    public async Task<bool> ConfirmAsync(
        TenantId tenant,
        int sinkId,
        string code,
        SinkProofs proofs,
        CancellationToken cancellationToken
    )
    {
        tenants.Act(tenant);
        actors.Act(new Actor { Layer = "customer", Name = Reader });
        var verified = await proofs.VerifyAsync(sinkId, code, cancellationToken);
        return verified.TryGet(out var sink) && sink.Kind == SinkWords.Of(SinkKind.Email);
    }

    /// <summary>Switches a mail sink off, by the link that stands in each of its mails. Doing it again changes nothing.</summary>
    /// <returns>False: there is no such link.</returns>
    public async Task<bool> StopAsync(
        TenantId tenant,
        int sinkId,
        string token,
        bool isMeant,
        CancellationToken cancellationToken
    )
    {
        tenants.Act(tenant);
        actors.Act(new Actor { Layer = "customer", Name = Reader });
        await using var transaction = await db.BeginAsync(cancellationToken);
        await SinkSetup.LockAsync(db, tenant, cancellationToken);
        var sink = await db.Sinks.SingleOrDefaultAsync(
            row => row.SinkId == sinkId && row.Kind == SinkKind.Email,
            cancellationToken
        );
        if (sink is null || !IsStop(sink, token))
        {
            return false;
        }

        if (isMeant && sink.DisabledAt is null)
        {
            var before = sink.Told;
            (sink.DisabledAt, sink.DisabledWhy) = (clock.GetUtcNow(), "Its reader wants no more mails.");
            sink.Version++;
            db.Audit(
                new AuditEntry("sink.disabled", "sink", sinkId.ToString(CultureInfo.InvariantCulture))
                {
                    Before = before,
                    After = sink.Told,
                    Why = sink.DisabledWhy,
                }
            );
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return true;
    }

    private static bool IsStop(Sink sink, string token)
    {
        using var settings = JsonDocument.Parse(sink.Settings);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(settings.RootElement.GetProperty("stop").GetString() ?? ""),
            Encoding.ASCII.GetBytes(EmailSettings.HashOf(token))
        );
    }

    private sealed record Used(long Incident, string Sink);
}
