using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Erasure;

/// <summary>Does what owners asked for: empties every table of a server. Each step may be repeated, so a crash at any point is finished by the next run.</summary>
public sealed class ServerEraser(PostgresDoors doors)
{
    /// <summary>Erases every server whose owner asked for it.</summary>
    /// <returns>How many were erased.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        const string sql = "SELECT tenant_id, server_id FROM servers.server WHERE erase_asked_at IS NOT NULL";
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

        // Another eraser may be at it, or be done with it.
        const string claim = "SELECT 1 FROM servers.server WHERE server_id = @server FOR UPDATE SKIP LOCKED";
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
