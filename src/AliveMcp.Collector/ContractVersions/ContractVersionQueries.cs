using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.ContractVersions;

/// <summary>Reads the tool lists that probers brought. Acts in the name of the server's tenant.</summary>
public sealed class ContractVersionQueries(PostgresDoors postgres)
{
    /// <summary>What the server offers now; null until a probe saw its tool list.</summary>
    public async Task<CurrentContract?> CurrentAsync(ServerKey server, CancellationToken cancellationToken)
    {
        await using var session = await postgres.OpenAsync(server.Tenant, cancellationToken);
        var row = await session.Connection.QuerySingleOrDefaultAsync<CurrentContractRow>(
            new CommandDefinition(
                CurrentContractSql.Read,
                new { server = server.Server.Value },
                session.Transaction,
                cancellationToken: cancellationToken
            )
        );
        return row?.ToContract();
    }

    /// <summary>The lists that were seen first at or after an instant, the oldest first.</summary>
    public async Task<IReadOnlyList<ContractVersionRow>> SinceAsync(
        ServerKey server,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT full_hash, contract_hash, tool_count, first_seen
            FROM collector.contract_version
            WHERE server_id = @server AND first_seen >= @since
            ORDER BY first_seen, full_hash
            LIMIT 1000
            """;
        await using var session = await postgres.OpenAsync(server.Tenant, cancellationToken);
        var rows = await session.Connection.QueryAsync<VersionRow>(
            new CommandDefinition(
                sql,
                new { server = server.Server.Value, since },
                session.Transaction,
                cancellationToken: cancellationToken
            )
        );
        return [.. rows.Select(row => row.ToVersion())];
    }

    /// <summary>A page of the lists that were seen, the newest first.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="before">The full hash of the last one of the page before; null for the newest.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ContractVersionRow>> PageAsync(
        ServerKey server,
        string? before,
        int most,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT full_hash, contract_hash, tool_count, first_seen
            FROM collector.contract_version
            WHERE server_id = @server AND (@before::text IS NULL OR (first_seen, full_hash) < (
                SELECT first_seen, full_hash FROM collector.contract_version
                WHERE server_id = @server AND full_hash = @before))
            ORDER BY first_seen DESC, full_hash DESC LIMIT @most
            """;
        var values = new
        {
            server = server.Server.Value,
            before,
            most,
        };
        await using var session = await postgres.OpenAsync(server.Tenant, cancellationToken);
        var rows = await session.Connection.QueryAsync<VersionRow>(
            new CommandDefinition(sql, values, session.Transaction, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => row.ToVersion())];
    }

    /// <summary>The list of this full hash, or the newest of this contract hash; null when the server never showed one.</summary>
    public async Task<KeptContract?> FindAsync(ServerKey server, string hash, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT full_hash, contract_hash, first_seen, url, credential, protocol_version
            FROM collector.contract_version
            WHERE server_id = @server AND (full_hash = @hash OR contract_hash = @hash)
            ORDER BY full_hash = @hash DESC, first_seen DESC, full_hash LIMIT 1
            """;
        var values = new { server = server.Server.Value, hash };
        await using var session = await postgres.OpenAsync(server.Tenant, cancellationToken);
        var row = await session.Connection.QuerySingleOrDefaultAsync<KeptRow>(
            new CommandDefinition(sql, values, session.Transaction, cancellationToken: cancellationToken)
        );
        return row?.ToKept();
    }

    /// <summary>The canonical text of one list; null when it is not kept, cannot be unpacked or is larger than a page can explain.</summary>
    public async Task<ReadOnlyMemory<byte>?> TextAsync(
        ServerKey server,
        string fullHash,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT canonical FROM collector.contract_version
            WHERE server_id = @server AND full_hash = @fullHash AND bytes <= @most
            """;
        await using var session = await postgres.OpenAsync(server.Tenant, cancellationToken);
        var gzip = await session.Connection.QuerySingleOrDefaultAsync<byte[]?>(
            new CommandDefinition(
                sql,
                new
                {
                    server = server.Server.Value,
                    fullHash,
                    most = CurrentContractSql.MostExplained,
                },
                session.Transaction,
                cancellationToken: cancellationToken
            )
        );
        return gzip is null ? null : BroughtContract.Unpacked(gzip);
    }

    // Rows are spelled as the columns are, so that Dapper needs no map.
    private sealed record VersionRow(string full_hash, string contract_hash, int tool_count, DateTime first_seen)
    {
        public ContractVersionRow ToVersion() =>
            new(full_hash, contract_hash, tool_count, new DateTimeOffset(first_seen, TimeSpan.Zero));
    }

    private sealed record KeptRow(
        string full_hash,
        string contract_hash,
        DateTime first_seen,
        string? url,
        string? credential,
        string? protocol_version
    )
    {
        public KeptContract ToKept() =>
            new(
                full_hash,
                contract_hash,
                new DateTimeOffset(first_seen, TimeSpan.Zero),
                url,
                credential,
                protocol_version
            );
    }
}
