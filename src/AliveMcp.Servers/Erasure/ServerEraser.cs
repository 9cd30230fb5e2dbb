using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Erasure;

/// <summary>Does what owners asked for: empties every table of a server. Each step may be repeated, so a crash at any point is finished by the next run.</summary>
public sealed class ServerEraser(PostgresDoors doors)
{
    /// <summary>A tenant's server by its slug; null when there is none that is not being erased already.</summary>
    public async Task<ServerKey?> FindAsync(TenantId tenant, string slug, CancellationToken cancellationToken)
    {
        const string sql =
            "SELECT server_id FROM servers.server WHERE tenant_id = @tenant AND slug = @slug AND erase_asked_at IS NULL";
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var found = await connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(sql, new { tenant = tenant.Value, slug }, cancellationToken: cancellationToken)
        );
        return found is { } server ? new ServerKey(tenant, new ServerId(server)) : null;
    }

    /// <summary>Asks for a server to be erased, in the name of somebody who is not its owner. It is gone for every reader at once.</summary>
    /// <param name="server">Which one.</param>
    /// <param name="by">Who asks; the receipt names him as he is called, at most 200 characters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such server, or it was asked for before.</returns>
    public async Task<bool> AskAsync(ServerKey server, Actor by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        const string sql = """
            DELETE FROM servers.public_listing WHERE server_id = @server AND tenant_id = @tenant;
            UPDATE servers.server AS d SET depends_on = array_remove(d.depends_on, s.slug) FROM servers.server AS s
            WHERE s.server_id = @server AND s.tenant_id = @tenant AND s.erase_asked_at IS NULL
                AND d.tenant_id = s.tenant_id AND s.slug = ANY (d.depends_on);
            UPDATE servers.server SET erase_asked_at = now(), erase_asked_by = @askedBy
            WHERE server_id = @server AND tenant_id = @tenant AND erase_asked_at IS NULL;
            """;
        var values = new
        {
            tenant = server.Tenant.Value,
            server = server.Server.Value,
            askedBy = by.Name ?? by.Layer,
        };
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var asked = await connection.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        if (asked > 0)
        {
            var entry = new AuditEntry("server.erase_asked", "server", server.Server.ToString());
            await AuditWriter.WriteActAsync(transaction, server.Tenant, by, entry, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return asked > 0;
    }

    /// <summary>Erases every server whose owner asked for it, and every one that has a stone and is not empty: of a crash, or of a restored copy.</summary>
    /// <returns>How many were erased.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT tenant_id, server_id FROM servers.server WHERE erase_asked_at IS NOT NULL
            UNION SELECT tenant_id, server_id FROM erasure.tombstone WHERE erased_at IS NULL
            ORDER BY server_id
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var asked = await connection.QueryAsync<(int Tenant, int Server)>(
            new CommandDefinition(sql, cancellationToken: cancellationToken)
        );
        var erased = 0;
        foreach (var (tenant, server) in asked)
        {
            var key = new ServerKey(new TenantId(tenant), new ServerId(server));
            erased += await EraseAsync(connection, key, cancellationToken) ? 1 : 0;
        }

        return erased;
    }

    private static async Task<bool> EraseAsync(
        NpgsqlConnection connection,
        ServerKey server,
        CancellationToken cancellationToken
    )
    {
        var key = new { tenant = server.Tenant.Value, server = server.Server.Value };

        // The stone is committed by itself: from then on writers see it, and only then is there an end to what must be deleted.
        await connection.ExecuteAsync(
            new CommandDefinition("SELECT erasure.bury(@tenant, @server)", key, cancellationToken: cancellationToken)
        );
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Another eraser may be at it, or be done with it. A stone that says erased while the server stands belongs to a restored copy.
        const string claim = """
            SELECT 1 FROM erasure.tombstone AS stone
            WHERE server_id = @server AND (erased_at IS NULL OR EXISTS (
                SELECT FROM servers.server AS s WHERE s.server_id = stone.server_id))
            FOR UPDATE SKIP LOCKED
            """;
        var isOurs = await connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(claim, key, transaction, cancellationToken: cancellationToken)
        );
        if (isOurs is null)
        {
            return false;
        }

        const string erase = "SELECT erasure.erase_server(@tenant, @server)";
        await connection.ExecuteAsync(
            new CommandDefinition(erase, key, transaction, cancellationToken: cancellationToken)
        );
        var record = new ServerErased(server.Server.Value);
        await transaction.TellAsync(server.Tenant, ServerTopics.Erased, record, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
