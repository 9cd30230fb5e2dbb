using AliveMcp.Collector.ContractVersions;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Drift;

/// <summary>Table <c>archive.contract_doubt</c>: servers of which something was seen that is not what they settled on. The drain adds to it, too.</summary>
internal static class DoubtTable
{
    /// <summary>Doubts a server whose memory differs from what it settled on. One row a statement, so that nobody waits for two.</summary>
    public static Task AddAsync(NpgsqlConnection connection, ShownContract seen, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO archive.contract_doubt (server_id, tenant_id)
            SELECT server_id, tenant_id FROM archive.settled_contract
            WHERE server_id = @server AND (full_hash IS DISTINCT FROM @fullHash OR url <> @url
                OR protocol_version IS DISTINCT FROM coalesce(@protocolVersion, protocol_version))
            ON CONFLICT (server_id) DO UPDATE SET touched = contract_doubt.touched + 1, come_back_at = '-infinity'
            """;
        var values = new
        {
            server = seen.Server.Server.Value,
            fullHash = seen.FullHash,
            url = seen.Url,
            protocolVersion = seen.ProtocolVersion,
        };
        return connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }

    /// <summary>The doubts whose time has come, the longest waiting first.</summary>
    public static async Task<IReadOnlyList<ContractDoubt>> DueAsync(
        PostgresDoors doors,
        int most,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT tenant_id AS Tenant, server_id AS Server, touched AS Touched FROM archive.contract_doubt
            WHERE come_back_at <= now() ORDER BY come_back_at, server_id LIMIT @most
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int Tenant, int Server, int Touched)>(
            new CommandDefinition(sql, new { most }, cancellationToken: cancellationToken)
        );
        return
        [
            .. rows.Select(row => new ContractDoubt(
                new ServerKey(new TenantId(row.Tenant), new ServerId(row.Server)),
                row.Touched
            )),
        ];
    }

    /// <summary>Settles a doubt, unless something new was seen since.</summary>
    public static Task RemoveAsync(
        NpgsqlConnection connection,
        ContractDoubt doubt,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            connection,
            "DELETE FROM archive.contract_doubt WHERE server_id = @server AND touched = @touched",
            doubt,
            TimeSpan.Zero,
            cancellationToken
        );

    /// <summary>Looks again later.</summary>
    public static Task PutOffAsync(
        NpgsqlConnection connection,
        ContractDoubt doubt,
        TimeSpan after,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            connection,
            "UPDATE archive.contract_doubt SET come_back_at = now() + @after WHERE server_id = @server",
            doubt,
            after,
            cancellationToken
        );

    private static Task RunAsync(
        NpgsqlConnection connection,
        string sql,
        ContractDoubt doubt,
        TimeSpan after,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            server = doubt.Server.Server.Value,
            touched = doubt.Touched,
            after,
        };
        return connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }
}

/// <summary>A server to look into, and how often it had been touched when it was read.</summary>
internal sealed record ContractDoubt(ServerKey Server, int Touched);
