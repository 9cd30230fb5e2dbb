using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Storage.Outbox;

/// <summary>Takes what others told, in order, and marks it processed in the taker's own transaction: handled exactly once.</summary>
public sealed class OutboxReader(string reader)
{
    /// <summary>
    /// Claims up to <paramref name="most"/> waiting rows for this reader. The caller applies them and commits
    /// the same transaction; if it rolls back they come again.
    /// </summary>
    public async Task<IReadOnlyList<OutboxRecord>> TakeAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        int most,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            UPDATE storage.outbox SET processed_at = now()
            WHERE outbox_id IN (
                SELECT outbox_id FROM storage.outbox
                WHERE reader = @reader AND processed_at IS NULL
                ORDER BY outbox_id LIMIT @most FOR UPDATE)
            RETURNING outbox_id, tenant_id, topic, record
            """;
        var command = new CommandDefinition(
            sql,
            new { reader, most },
            transaction,
            cancellationToken: cancellationToken
        );
        var rows = await connection.QueryAsync<(long Id, int Tenant, string Topic, string Record)>(command);
        return
        [
            .. rows.OrderBy(row => row.Id)
                .Select(row => new OutboxRecord(new TenantId(row.Tenant), row.Topic, row.Record)),
        ];
    }
}

/// <summary>One thing told: JSON of the topic's record.</summary>
public sealed record OutboxRecord(TenantId Tenant, string Topic, string Json);
