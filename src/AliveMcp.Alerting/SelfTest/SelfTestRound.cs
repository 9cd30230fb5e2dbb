using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.SelfTest;

/// <summary>
/// Once a minute one of the alerters lets a made-up server fail or come back: by the tracker, the tables, the router, the runner and a sink,
/// all of them those that everybody's alerts pass. While the sealed log is not read nothing is made up, for real alerts would not leave either.
/// </summary>
internal sealed class SelfTestRound(
    PostgresDoors doors,
    ReadingLag reading,
    IncidentOpener opener,
    OperatorAlarms alarms,
    TimeProvider clock
)
{
    private const string LateReading = "late_reading";

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Made-up incidents are of no interest afterwards; their alerts and deliveries go with them.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private DateTimeOffset _again;

    /// <summary>Does it when it is time to. Whether something was made up.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _again)
        {
            return false;
        }

        _again = now + Every;
        if (!await IsReadAsync(cancellationToken))
        {
            return false;
        }

        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await IsMyTurnAsync(transaction, now, cancellationToken))
        {
            return false;
        }

        await PrepareAsync(transaction, now, cancellationToken);
        var minute = MinuteStamp.Of(now);
        var report = new ChangeReport(now);
        report.Add(
            MadeUpServer.Facts,
            minute: null,
            await OpenSinceAsync(transaction, cancellationToken) is { } confirmedIn
                ? MadeUpServer.ComesBack(confirmedIn, minute)
                : MadeUpServer.Fails(minute)
        );
        await opener.WriteAsync(transaction, report, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return report.Changes.Count > 0;
    }

    private async Task<bool> IsReadAsync(CancellationToken cancellationToken)
    {
        var late = await reading.LookAsync(cancellationToken);
        if (late.Count == 0)
        {
            await alarms.EndAsync(LateReading, cancellationToken);
            return true;
        }

        var detail = FormattableString.Invariant(
            $"Sealed minutes of {late.Count} of {Shard.Count} shards have waited for their reader for a minute. No alert comes of them."
        );
        await alarms.RaiseAsync(new OperatorAlarm(LateReading, LateReading, detail), cancellationToken);
        return false;
    }

    /// <summary>One alerter at a time, and none that comes right behind another.</summary>
    private static Task<bool> IsMyTurnAsync(
        NpgsqlTransaction transaction,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                """
                SELECT pg_try_advisory_xact_lock(7141, 0) AND NOT EXISTS (
                    SELECT FROM alerting.alert WHERE tenant_id = @tenant AND sealed_at > @lately AND sealed_at <= @now)
                """,
                new
                {
                    tenant = TenantId.Install.Value,
                    now,
                    lately = now - Every + TimeSpan.FromSeconds(5),
                },
                transaction,
                cancellationToken: cancellationToken
            )
        );

    /// <summary>The sink is there and on, whatever became of it; what is old goes.</summary>
    private static Task PrepareAsync(
        NpgsqlTransaction transaction,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(
                """
                DELETE FROM alerting.incident
                WHERE tenant_id = @tenant AND server_id = @server AND state = 'resolved' AND opened_at < @old;
                INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at, verified_at, looked_at)
                VALUES (@tenant, @kind, 'self-test', '{}', @now, @now, 'infinity')
                ON CONFLICT (tenant_id, name) DO UPDATE SET disabled_at = NULL, disabled_why = NULL, not_found_since = NULL
                WHERE sink.disabled_at IS NOT NULL OR sink.not_found_since IS NOT NULL
                """,
                new
                {
                    tenant = TenantId.Install.Value,
                    server = MadeUpServer.Key.Server.Value,
                    kind = (short)SinkKind.Heartbeat,
                    now,
                    old = now - Kept,
                },
                transaction,
                cancellationToken: cancellationToken
            )
        );

    private static async Task<MinuteStamp?> OpenSinceAsync(
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var minute = await transaction.Connection!.QuerySingleOrDefaultAsync<int?>(
            new CommandDefinition(
                """
                SELECT confirmed_in FROM alerting.incident
                WHERE tenant_id = @tenant AND server_id = @server AND state <> 'resolved'
                """,
                new { tenant = TenantId.Install.Value, server = MadeUpServer.Key.Server.Value },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        return minute is { } value ? new MinuteStamp(value) : null;
    }
}
