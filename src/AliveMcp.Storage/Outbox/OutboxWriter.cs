using System.Text.Json;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Storage.Outbox;

/// <summary>Tells something in a transaction of explicit SQL; contexts have <c>Tell</c> for the same.</summary>
public static class OutboxWriter
{
    /// <summary>Adds a row for every reader of the topic. It is told when, and only if, the transaction commits.</summary>
    public static Task TellAsync<TRecord>(
        this NpgsqlTransaction transaction,
        TenantId tenant,
        OutboxTopic topic,
        TRecord record,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            INSERT INTO storage.outbox (tenant_id, topic, reader, record)
            SELECT @tenant, @topic, reader, @record::jsonb FROM unnest(@readers) AS reader
            """;
        var values = new
        {
            tenant = tenant.Value,
            topic = topic.Name,
            readers = topic.Readers.ToArray(),
            record = JsonSerializer.Serialize(record, OutboxTopic.Json),
        };
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
    }
}
