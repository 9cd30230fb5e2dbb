using System.Text.Json;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Servers.Catalogue;

/// <summary>Puts on the timelines what probes found changed, as the collector tells it.</summary>
internal sealed class ObservedChanges(PostgresDoors doors)
{
    private const int AtOnce = 200;

    private const string Note = """
        INSERT INTO servers.event (tenant_id, server_id, kind, at, detail)
        SELECT @tenant, @server, @kind, @at, @detail::jsonb
        WHERE NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = @server)
        """;

    private readonly OutboxReader _outbox = new("servers");

    /// <summary>Takes what was told, in its order; returns how many records. Taken and written in one transaction.</summary>
    public async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var records = await _outbox.TakeAsync(connection, transaction, AtOnce, cancellationToken);
        foreach (var record in records.Where(record => record.Topic == ServerTopics.Observed.Name))
        {
            var seen = JsonSerializer.Deserialize<ServerObserved>(record.Json, OutboxTopic.Json)!;
            var values = new
            {
                tenant = record.Tenant.Value,
                server = seen.ServerId,
                kind = seen.Kind,
                at = seen.At,
                detail = JsonSerializer.Serialize(new { from = seen.From, to = seen.To }),
            };
            await connection.ExecuteAsync(
                new CommandDefinition(Note, values, transaction, cancellationToken: cancellationToken)
            );
        }

        await transaction.CommitAsync(cancellationToken);
        return records.Count;
    }
}
