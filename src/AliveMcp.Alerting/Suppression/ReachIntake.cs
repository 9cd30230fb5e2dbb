using System.Text.Json;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Suppression;

/// <summary>Takes what the collector tells of how servers are reached: their certificates and networks, a row for each server.</summary>
internal sealed class ReachIntake(PostgresDoors doors)
{
    private const int AtOnce = 1000;

    /// <summary>What a tenant tells of a server that is not its own finds none. Blocks travel as one text each, as in <see cref="OriginLedger"/>.</summary>
    private const string Put = """
        INSERT INTO alerting.reach (tenant_id, server_id, certificate_begins, certificate_ends, certificate_issuer, certificate_at, blocks, seen_at)
        SELECT s.tenant_id, s.server_id, one.begins, one.ends, one.issuer, one.seen_at, string_to_array(one.blocks, ' '), one.seen_at
        FROM unnest(@tenants, @servers, @begins, @ends, @issuers, @blocks, @seen)
            AS one (tenant_id, server_id, begins, ends, issuer, blocks, seen_at)
            JOIN servers.server AS s ON s.server_id = one.server_id AND s.tenant_id = one.tenant_id
        WHERE s.erase_asked_at IS NULL
        ON CONFLICT (server_id) DO UPDATE SET certificate_begins = excluded.certificate_begins,
            certificate_ends = excluded.certificate_ends, certificate_issuer = excluded.certificate_issuer,
            certificate_at = CASE WHEN reach.certificate_ends IS NOT DISTINCT FROM excluded.certificate_ends
                THEN reach.certificate_at ELSE excluded.certificate_at END,
            blocks = excluded.blocks, seen_at = excluded.seen_at
        """;

    private readonly OutboxReader _told = new(ServerTopics.Reach.Readers[0]);

    /// <summary>Takes what was told, in the transaction that marks it taken; returns how much. More may wait when it is as much as fits.</summary>
    public async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var records = await _told.TakeAsync(connection, transaction, AtOnce, cancellationToken);
        var newest = records
            .Select(record => (record.Tenant, Reach: Read(record)))
            .Where(told => told.Reach is not null)
            .GroupBy(told => (told.Tenant, told.Reach!.ServerId))
            .Select(told => (told.Key.Tenant, Reach: told.Last().Reach!))
            .ToList();
        if (newest.Count > 0)
        {
            await PutAsync(transaction, newest, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return records.Count;
    }

    private static Task PutAsync(
        NpgsqlTransaction transaction,
        List<(TenantId Tenant, ServerReached Reach)> told,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            tenants = told.Select(one => one.Tenant.Value).ToArray(),
            servers = told.Select(one => one.Reach.ServerId).ToArray(),
            begins = told.Select(one => one.Reach.CertificateBegins?.ToUniversalTime()).ToArray(),
            ends = told.Select(one => one.Reach.CertificateEnds?.ToUniversalTime()).ToArray(),
            issuers = told.Select(one => one.Reach.CertificateIssuer).ToArray(),
            blocks = told.Select(one => string.Join(' ', one.Reach.Blocks)).ToArray(),
            seen = told.Select(one => one.Reach.At.ToUniversalTime()).ToArray(),
        };
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(Put, values, transaction, cancellationToken: cancellationToken)
        );
    }

    /// <summary>Null: another version of us tells something else under this name; nothing hangs on it.</summary>
    private static ServerReached? Read(OutboxRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerReached>(record.Json, OutboxTopic.Json) is { Blocks: not null } told
                ? told
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
