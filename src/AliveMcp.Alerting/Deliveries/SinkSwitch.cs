using System.Globalization;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Switches a sink off that nothing can be sent to any more; its owner turns it on again by proving it anew.</summary>
internal sealed class SinkSwitch(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>Only while it is as it was when the message was claimed: another proof in between counts.</summary>
    private const string Off = """
        UPDATE alerting.sink SET disabled_at = @now, disabled_why = @why, version = version + 1
        WHERE sink_id = @SinkId AND tenant_id = @TenantId AND disabled_at IS NULL
        """;

    private const string Dead = """
        UPDATE alerting.delivery SET state = 'dead', ended_at = @now, last_detail = 'the sink is switched off'
        WHERE sink_id = @SinkId AND state = 'waiting' AND claim IS NULL
        """;

    public async Task OffAsync(ClaimedDelivery delivery, SinkAnswer answer, CancellationToken cancellationToken)
    {
        var why = SafeText.Of(
            $"{answer.Status?.ToString(CultureInfo.InvariantCulture) ?? "gone"}: {answer.Detail}",
            300
        );
        var values = new
        {
            delivery.SinkId,
            delivery.TenantId,
            now = clock.GetUtcNow(),
            why,
        };
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(
            new CommandDefinition(Off, values, transaction, cancellationToken: cancellationToken)
        );
        if (changed > 0)
        {
            await connection.ExecuteAsync(
                new CommandDefinition(Dead, values, transaction, cancellationToken: cancellationToken)
            );
            await AuditWriter.WriteActAsync(
                transaction,
                new TenantId(delivery.TenantId),
                Actor.System,
                new AuditEntry("sink.disabled", "sink", delivery.SinkId.ToString(CultureInfo.InvariantCulture))
                {
                    Why = why,
                },
                cancellationToken
            );
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
