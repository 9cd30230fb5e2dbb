using System.Text.Json;
using AliveMcp.Archive.Drain;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Archive.Rollups;

/// <summary>Writes down from when to when a server is watched, as Servers tells it. Expected minus present is unknown, also after Redis was lost.</summary>
internal sealed partial class WatchLedger(PostgresDoors doors, ILogger<WatchLedger> log)
{
    private const int AtOnce = 200;

    private const string Apply = """
        SELECT FROM archive.mark WHERE reader = 'archive' AND shard = @shard FOR UPDATE;
        DELETE FROM archive.watch_period WHERE server_id = @server AND from_minute >= @from;
        UPDATE archive.watch_period SET to_minute = @from
        WHERE server_id = @server AND (to_minute IS NULL OR to_minute > @from);
        INSERT INTO archive.watch_period (server_id, from_minute, weight, tenant_id)
        SELECT @server, @from, @weight, @tenant
        WHERE @weight IS NOT NULL AND NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = @server);
        """;

    private readonly OutboxReader _outbox = new("archive");

    /// <summary>Takes what was told, in its order; returns how many records. Taken and written in one transaction.</summary>
    public async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var records = await _outbox.TakeAsync(connection, transaction, AtOnce, cancellationToken);
        foreach (var record in records)
        {
            await TakeAsync(transaction, record, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return records.Count;
    }

    private async Task TakeAsync(
        NpgsqlTransaction transaction,
        OutboxRecord record,
        CancellationToken cancellationToken
    )
    {
        if (Read(record) is not { } change)
        {
            LogSetAside(record.Topic);
            await SetAside.AddAsync(transaction, record, $"Not a record of {record.Topic}.", cancellationToken);
            return;
        }

        var values = new
        {
            // Held so that a server cannot be erased between our look for its tombstone and our row.
            shard = (short)Shard.Of(new ServerId(change.ServerId)).Value,
            server = change.ServerId,
            from = change.FromMinute,
            weight = (short?)change.Weight,
            tenant = record.Tenant.Value,
        };
        await transaction.Connection!.ExecuteAsync(
            new CommandDefinition(Apply, values, transaction, cancellationToken: cancellationToken)
        );
    }

    private static WatchChanged? Read(OutboxRecord record)
    {
        if (record.Topic != ServerTopics.Watch.Name)
        {
            return null;
        }

        try
        {
            var change = JsonSerializer.Deserialize<WatchChanged>(record.Json, OutboxTopic.Json);
            return change is { ServerId: > 0, FromMinute: >= 0, Weight: null or (>= 1 and <= 60) } ? change : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "A record of topic {Topic} cannot be read and is set aside")]
    private partial void LogSetAside(string topic);
}
