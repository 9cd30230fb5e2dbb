using AliveMcp.Collector.ContractVersions;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Drift;

/// <summary>Table <c>archive.contract_doubt</c>: servers of which something was seen that is not what they settled on. The drain adds to it, too.</summary>
internal static class DoubtTable
{
    /// <summary>Doubts the servers whose memory differs from what they settled on.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ShownContract> seen,
        CancellationToken cancellationToken
    )
    {
        // Of many memories that changed few differ: those are picked by one read, and written one row a statement, so that nobody waits for two.
        const string differs = """
            SELECT server_id FROM unnest(@servers, @fullHashes, @urls, @protocolVersions)
                AS shown (server_id, full_hash, url, protocol_version)
                JOIN archive.settled_contract AS settled USING (server_id)
            WHERE settled.full_hash IS DISTINCT FROM shown.full_hash OR settled.url <> shown.url
                OR settled.protocol_version IS DISTINCT FROM coalesce(shown.protocol_version, settled.protocol_version)
            """;
        const string doubt = """
            INSERT INTO archive.contract_doubt (server_id, tenant_id)
            SELECT server_id, tenant_id FROM archive.settled_contract WHERE server_id = @server
            ON CONFLICT (server_id) DO UPDATE SET touched = contract_doubt.touched + 1, come_back_at = '-infinity'
            """;
        var values = new
        {
            servers = seen.Select(one => one.Server.Server.Value).ToArray(),
            fullHashes = seen.Select(one => one.FullHash).ToArray(),
            urls = seen.Select(one => one.Url).ToArray(),
            protocolVersions = seen.Select(one => one.ProtocolVersion).ToArray(),
        };
        var found = await connection.QueryAsync<int>(
            new CommandDefinition(differs, values, cancellationToken: cancellationToken)
        );
        foreach (var server in found)
        {
            await connection.ExecuteAsync(
                new CommandDefinition(doubt, new { server }, cancellationToken: cancellationToken)
            );
        }
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
