using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks.Webhook;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AliveMcp.Alerting.Sinks;

/// <summary>What is done with a sink that is set up: a test message, another signing key.</summary>
public sealed class SinkHandling
{
    private readonly AlertingDb _db;
    private readonly SinkActs _acts;
    private readonly SinkSetup _setup;
    private readonly ThingVault _vault;
    private readonly TimeProvider _clock;

    internal SinkHandling(AlertingDb db, SinkActs acts, SinkSetup setup, ThingVault vault, TimeProvider clock) =>
        (_db, _acts, _setup, _vault, _clock) = (db, acts, setup, vault, clock);

    /// <summary>Orders a test message: a delivery like any other, whose log tells what came of it.</summary>
    /// <returns>The number of the delivery.</returns>
    public async Task<Result<OrderedTest>> TestAsync(int id, CancellationToken cancellationToken)
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        var found = await _acts.FindAsync(id, Precondition.Any, cancellationToken);
        if (!found.TryGet(out var sink))
        {
            return found.Problems.ToList();
        }

        if (sink.DisabledAt is not null || sink.VerifiedAt is null)
        {
            return sink.DisabledAt is null ? SinkProblems.NotVerified : SinkProblems.Disabled;
        }

        var (now, name) = (_clock.GetUtcNow(), $"test:{Guid.NewGuid():N}");
        var message = AlertJson.Write(TestOf(sink, now));
        var type = (short)AlertType.Test;
        var delivery = await _db
            .Database.SqlQuery<long>(
                $"""
                INSERT INTO alerting.delivery (tenant_id, sink_id, type, once_key, message, next_at, created_at)
                VALUES ({sink.TenantId.Value}, {id}, {type}, {name}, {message}::jsonb, {now}, {now})
                RETURNING delivery_id
                """
            )
            .ToListAsync(cancellationToken);
        _db.Audit(new AuditEntry("sink.tested", "sink", TargetOf(sink)));
        await _db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new OrderedTest(delivery[0]);
    }

    /// <summary>Makes another signing key for a webhook, told once; the one before stays good for a day.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="precondition">The state that the caller knows; any will do for a program that asks once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SeenSink>> RotateAsync(
        int id,
        Precondition precondition,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        var found = await _acts.FindAsync(id, precondition, cancellationToken);
        if (!found.TryGet(out var sink))
        {
            return found.Problems.ToList();
        }

        if (sink.Kind != SinkKind.Webhook)
        {
            return SinkProblems.NoSigning;
        }

        if (!_vault.IsReady)
        {
            return SinkProblems.NotReady;
        }

        var (before, now, key) = (sink.Told, _clock.GetUtcNow(), WebhookSettings.NewKey());
        var slot = Turn(sink, now);
        var place = SinkSecrets.KeyPlaceOf(sink.TenantId, id, slot);
        await _vault.PutAsync(
            transaction.GetDbTransaction(),
            place,
            Encoding.ASCII.GetBytes(key),
            now,
            cancellationToken
        );
        _db.Audit(new AuditEntry("sink.secret_rotated", "sink", TargetOf(sink)) { Before = before, After = sink.Told });
        await _db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return _setup.Seen(sink, proof: null) with { Secret = key };
    }

    /// <summary>The other slot becomes the current one: what stood in it was the key before the one before.</summary>
    private static int Turn(Sink sink, DateTimeOffset now)
    {
        var settings = JsonNode.Parse(sink.Settings)!.AsObject();
        var slot = 1 - settings["key_slot"]!.GetValue<int>();
        settings["key_slot"] = slot;
        settings["rotated_at"] = now.ToString("O", CultureInfo.InvariantCulture);
        sink.Settings = settings.ToJsonString();
        sink.Version++;
        return slot;
    }

    private static AlertMessage TestOf(Sink sink, DateTimeOffset now) =>
        new()
        {
            Id = $"tst_{sink.SinkId}_{now.ToUnixTimeMilliseconds()}",
            Type = AlertType.Test.Word(),
            Kind = AlertType.Test.Word(),
            DedupKey = $"alivemcp-test-{sink.SinkId}",
            Tenant = "",
            Severity = "P4",
            State = "open",
            StartedAt = now,
            Summary =
                $"This is a test of the sink {SafeText.Of(sink.Name, 120)}. If you can read it, alerts will arrive here.",
        };

    private static string TargetOf(Sink sink) => sink.SinkId.ToString(CultureInfo.InvariantCulture);
}
