using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.ContractVersions;

/// <summary>Writes table <c>collector.contract_version</c>.</summary>
internal sealed class ContractStore(PostgresDoors postgres)
{
    /// <summary>New lists kept of one server in a day; of further ones the sealed minutes carry the mark, nothing else is kept.</summary>
    private const int NewPerDay = 20;

    /// <summary>Keeps a list once. Of a second copy only the conditions are new.</summary>
    /// <param name="server">Whose it is.</param>
    /// <param name="contract">Hashed by us, never as a prober says.</param>
    /// <param name="gzip">The canonical text, compressed.</param>
    /// <param name="taken">Under which conditions.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task AddAsync(
        ServerKey server,
        BroughtContract contract,
        byte[] gzip,
        TakenUnder taken,
        CancellationToken cancellationToken
    )
    {
        // One round trip, one transaction. A list that a crash of Postgres takes back is brought again: the memory of it, written later, is gone, too.
        const string sql = """
            SELECT set_config('synchronous_commit', 'off', true);
            INSERT INTO collector.contract_version
                (tenant_id, server_id, full_hash, contract_hash, canonical, tool_count, tool_names, bytes,
                 url, credential, protocol_version)
            SELECT @tenant, @server, @fullHash, @contractHash, @gzip, @count, @names, @bytes,
                @url, @credential, @protocolVersion
            WHERE NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = @server)
                AND @most > (SELECT count(*) FROM collector.contract_version
                    WHERE server_id = @server AND first_seen > now() - interval '1 day')
            ON CONFLICT (server_id, full_hash) DO UPDATE SET
                url = excluded.url, credential = excluded.credential, protocol_version = excluded.protocol_version
            WHERE (contract_version.url, contract_version.credential, contract_version.protocol_version)
                IS DISTINCT FROM (excluded.url, excluded.credential, excluded.protocol_version)
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new
                {
                    tenant = server.Tenant.Value,
                    server = server.Server.Value,
                    fullHash = contract.Document.FullHash,
                    contractHash = contract.Document.ContractHash,
                    gzip,
                    count = contract.Document.ToolCount,
                    names = contract.Names.ToArray(),
                    bytes = contract.Document.Canonical.Length,
                    url = taken.Url,
                    credential = taken.Credential,
                    protocolVersion = taken.ProtocolVersion,
                    most = NewPerDay,
                },
                cancellationToken: cancellationToken
            )
        );
    }
}
