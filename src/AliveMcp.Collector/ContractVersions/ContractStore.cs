using AliveMcp.Contracts;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.ContractVersions;

/// <summary>Writes table <c>collector.contract_version</c>.</summary>
internal sealed class ContractStore(PostgresDoors postgres)
{
    /// <summary>New lists kept of one server in a day; of further ones the sealed minutes carry the mark, nothing else is kept.</summary>
    private const int NewPerDay = 20;

    /// <summary>Keeps a list once. A second copy changes nothing.</summary>
    /// <param name="server">Whose it is.</param>
    /// <param name="contract">Hashed by us, never as a prober says.</param>
    /// <param name="names">Tool names, safe to print.</param>
    /// <param name="gzip">The canonical text, compressed.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task AddAsync(
        ServerKey server,
        ContractDocument contract,
        IReadOnlyList<string> names,
        byte[] gzip,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            INSERT INTO collector.contract_version
                (tenant_id, server_id, full_hash, contract_hash, canonical, tool_count, tool_names, bytes)
            SELECT @tenant, @server, @fullHash, @contractHash, @gzip, @count, @names, @bytes
            WHERE NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = @server)
                AND @most > (SELECT count(*) FROM collector.contract_version
                    WHERE server_id = @server AND first_seen > now() - interval '1 day')
            ON CONFLICT DO NOTHING
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new
                {
                    tenant = server.Tenant.Value,
                    server = server.Server.Value,
                    fullHash = contract.FullHash,
                    contractHash = contract.ContractHash,
                    gzip,
                    count = contract.ToolCount,
                    names = names.ToArray(),
                    bytes = contract.Canonical.Length,
                    most = NewPerDay,
                },
                cancellationToken: cancellationToken
            )
        );
    }
}
