using System.Globalization;
using System.Security.Cryptography;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Sinks.Proofs;

/// <summary>
/// Looks once a day, without a message to anybody, whether verified sinks still stand. One that fails goes on getting messages for seven
/// days and is switched off then; one that says it is gone is switched off at once.
/// </summary>
internal sealed class SinkWatch(PostgresDoors doors, SinkSecrets secrets, SinkKinds kinds, TimeProvider clock)
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Between = TimeSpan.FromDays(1);
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    /// <summary>Looks at those whose turn it is. Several at once share them.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE alerting.sink AS sink SET looked_at = @now
            FROM (SELECT sink_id FROM alerting.sink
                WHERE verified_at IS NOT NULL AND disabled_at IS NULL AND (looked_at IS NULL OR looked_at < @before)
                ORDER BY looked_at NULLS FIRST LIMIT @take FOR UPDATE SKIP LOCKED) AS due
            WHERE sink.sink_id = due.sink_id
            RETURNING sink.tenant_id AS Tenant, sink.sink_id AS SinkId, sink.failing_since AS FailingUtc,
                (SELECT hash FROM alerting.sink_proof AS proof WHERE proof.sink_id = sink.sink_id) AS Hash
            """;
        var now = clock.GetUtcNow();
        var values = new
        {
            now,
            before = now - Between,
            take = AtOnce,
        };
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var due = (
            await connection.QueryAsync<Due>(new CommandDefinition(sql, values, cancellationToken: cancellationToken))
        ).AsList();
        var sinks = await secrets.OpenAsync([.. due.Select(row => row.Key)], cancellationToken);
        foreach (var row in due)
        {
            if (sinks.TryGetValue(row.Key, out var sink))
            {
                await SettleAsync(
                    connection,
                    row,
                    await StandingAsync(row, sink, cancellationToken),
                    cancellationToken
                );
            }
        }
    }

    /// <summary>What the owner published counts first; then the place itself is asked.</summary>
    private async Task<ProofStanding> StandingAsync(Due due, SinkAtHand sink, CancellationToken cancellationToken)
    {
        var proof = kinds.Proof(sink.Kind);
        bool IsToken(string text) =>
            due.Hash is { } hash
            && CryptographicOperations.FixedTimeEquals(ProofCode.HashOf(sink.Tenant, sink.SinkId, text), hash);

        return due.Hash is not null && await proof.IsPublishedAsync(sink.Settings, IsToken, cancellationToken)
            ? ProofStanding.Holds
            : await proof.LookAsync(sink, cancellationToken);
    }

    private async Task SettleAsync(
        NpgsqlConnection connection,
        Due due,
        ProofStanding standing,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var failing = due.FailingUtc is { } since ? new DateTimeOffset(since, TimeSpan.Zero) : now;
        var why = standing switch
        {
            ProofStanding.Gone => "It says that nothing will be taken there any more.",
            ProofStanding.Fails when now - failing >= Grace => "Its proof has failed for seven days.",
            _ => null,
        };
        if (why is not null)
        {
            await SwitchOffAsync(connection, due, why, cancellationToken);
        }
        else if (standing is ProofStanding.Holds or ProofStanding.Fails)
        {
            const string sql = """
                UPDATE alerting.sink SET failing_since = @failing, told_at = CASE WHEN @failing IS NULL THEN NULL ELSE told_at END
                WHERE sink_id = @SinkId AND tenant_id = @Tenant AND failing_since IS DISTINCT FROM @failing AND disabled_at IS NULL
                """;
            var values = new
            {
                due.SinkId,
                due.Tenant,
                failing = standing == ProofStanding.Holds ? (DateTimeOffset?)null : failing,
            };
            await connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
        }
    }

    private async Task SwitchOffAsync(
        NpgsqlConnection connection,
        Due due,
        string why,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            UPDATE alerting.sink SET disabled_at = @now, disabled_why = @why, version = version + 1
            WHERE sink_id = @SinkId AND tenant_id = @Tenant AND disabled_at IS NULL
            """;
        var values = new
        {
            due.SinkId,
            due.Tenant,
            now = clock.GetUtcNow(),
            why,
        };
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        if (changed > 0)
        {
            var target = due.SinkId.ToString(CultureInfo.InvariantCulture);
            var entry = new AuditEntry("sink.disabled", "sink", target) { Why = why };
            await AuditWriter.WriteActAsync(transaction, due.Key.Tenant, Actor.System, entry, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Dapper fills byte arrays into properties, not into constructors.</summary>
    private sealed class Due
    {
        public int Tenant { get; init; }

        public int SinkId { get; init; }

        public DateTime? FailingUtc { get; init; }

        public byte[]? Hash { get; init; }

        public (TenantId Tenant, int SinkId) Key => (new TenantId(Tenant), SinkId);
    }
}
