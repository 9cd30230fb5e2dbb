using System.Globalization;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Sinks.Proofs;

/// <summary>
/// Sends the proofs that were asked for. The code is made here, when it is sent, and the database gets its hash alone. Several at once are
/// fine: a proof is claimed for a minute, and one whose sender died is sent again with another code.
/// </summary>
internal sealed class ProofCourier(PostgresDoors doors, SinkSecrets secrets, SinkKinds kinds, TimeProvider clock)
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);

    /// <summary>A place that is away is asked again for so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Sends what is due.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> CarryAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE alerting.sink_proof AS proof SET claimed_until = @until
            FROM (SELECT tenant_id, sink_id FROM alerting.sink_proof
                WHERE sent_at IS NULL AND (claimed_until IS NULL OR claimed_until < @now)
                ORDER BY wanted_at LIMIT @take FOR UPDATE SKIP LOCKED) AS due
            WHERE proof.tenant_id = due.tenant_id AND proof.sink_id = due.sink_id
            RETURNING proof.tenant_id AS Tenant, proof.sink_id AS SinkId, proof.wanted_at AS WantedUtc
            """;
        var now = clock.GetUtcNow();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var due = (
            await connection.QueryAsync<Due>(
                new CommandDefinition(
                    sql,
                    new
                    {
                        now,
                        until = now + Claim,
                        take = AtOnce,
                    },
                    cancellationToken: cancellationToken
                )
            )
        ).AsList();
        var sinks = await secrets.OpenAsync([.. due.Select(row => row.Key)], cancellationToken);
        foreach (var row in due)
        {
            if (sinks.TryGetValue(row.Key, out var sink))
            {
                await SendAsync(connection, row, sink, cancellationToken);
            }
        }

        return due.Count;
    }

    private async Task SendAsync(
        NpgsqlConnection connection,
        Due due,
        SinkAtHand sink,
        CancellationToken cancellationToken
    )
    {
        var (code, proof) = (ProofCode.New(), kinds.Proof(sink.Kind));
        // Kinds whose owner publishes a token have its hash already; the code is for this one challenge.
        if (proof.DomainOf(sink.Settings, "") is null)
        {
            const string keep = """
                UPDATE alerting.sink_proof SET hash = @hash, tries = 0
                WHERE tenant_id = @Tenant AND sink_id = @SinkId AND wanted_at = @WantedUtc
                """;
            var hash = ProofCode.HashOf(sink.Tenant, sink.SinkId, code);
            await ExecuteAsync(connection, keep, due, new { hash }, cancellationToken);
        }

        var sent = await proof.SendAsync(sink, code, cancellationToken);
        if (sent.IsProven)
        {
            await VerifyAsync(connection, due, cancellationToken);
            return;
        }

        var now = clock.GetUtcNow();
        var isOver = sent.Answer.Outcome != SinkOutcome.Later || now - due.Wanted > Patience;
        const string note = """
            UPDATE alerting.sink_proof SET detail = @detail, sent_at = CASE WHEN @isOver THEN @now END
            WHERE tenant_id = @Tenant AND sink_id = @SinkId AND wanted_at = @WantedUtc
            """;
        var detail = sent.Answer.Detail;
        await ExecuteAsync(
            connection,
            note,
            due,
            new
            {
                detail,
                isOver,
                now,
            },
            cancellationToken
        );
    }

    /// <summary>The place said the challenge back: the proof of whoever set it up.</summary>
    private async Task VerifyAsync(NpgsqlConnection connection, Due due, CancellationToken cancellationToken)
    {
        const string prove = """
            UPDATE alerting.sink AS sink SET verified_at = @now, looked_at = @now, failing_since = NULL, not_found_since = NULL, disabled_at = NULL,
                disabled_why = NULL, version = version + 1
            FROM alerting.sink_proof AS proof
            WHERE sink.tenant_id = @Tenant AND sink.sink_id = @SinkId AND sink.verified_at IS NULL
                AND proof.tenant_id = sink.tenant_id AND proof.sink_id = sink.sink_id AND proof.wanted_at = @WantedUtc
            """;
        const string note = """
            UPDATE alerting.sink_proof SET detail = 'The address said the challenge back.', sent_at = @now
            WHERE tenant_id = @Tenant AND sink_id = @SinkId AND wanted_at = @WantedUtc
            """;
        var now = clock.GetUtcNow();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var proven = await ExecuteAsync(connection, prove, due, new { now }, cancellationToken, transaction);
        await ExecuteAsync(connection, note, due, new { now }, cancellationToken, transaction);
        if (proven > 0)
        {
            var entry = new AuditEntry("sink.verified", "sink", due.SinkId.ToString(CultureInfo.InvariantCulture));
            await AuditWriter.WriteActAsync(transaction, due.Key.Tenant, Actor.System, entry, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<int> ExecuteAsync(
        NpgsqlConnection connection,
        string sql,
        Due due,
        object more,
        CancellationToken cancellationToken,
        NpgsqlTransaction? transaction = null
    )
    {
        var values = new DynamicParameters(due);
        values.AddDynamicParams(more);
        return connection.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
    }

    private sealed record Due(int Tenant, int SinkId, DateTime WantedUtc)
    {
        public (TenantId Tenant, int SinkId) Key => (new TenantId(Tenant), SinkId);

        public DateTimeOffset Wanted => new(WantedUtc, TimeSpan.Zero);
    }
}
