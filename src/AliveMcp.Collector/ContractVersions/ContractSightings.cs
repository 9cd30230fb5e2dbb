using System.Text.Json;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.ContractVersions;

/// <summary>What probers saw of contracts, for the loop that declares drift: it serves every tenant.</summary>
public sealed class ContractSightings(PostgresDoors postgres)
{
    private const string Seen = """
        SELECT tenant_id, server_id, url, contract_hash, full_hash, protocol_version, changed_at,
            (SELECT jsonb_object_agg(key, value -> 'full_hash') FROM jsonb_each(regions)
             WHERE value ->> 'full_hash' IS NOT NULL)::text AS regions
        FROM collector.server_memory
        """;

    /// <summary>Memories that changed at or after an instant, the oldest first, each of a server that showed a list.</summary>
    /// <param name="since">From when on.</param>
    /// <param name="after">Of that very instant, only servers behind this one.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ShownContract>> ChangedSinceAsync(
        DateTimeOffset since,
        ServerId after,
        int most,
        CancellationToken cancellationToken
    )
    {
        const string sql = $"""
            {Seen}
            WHERE (changed_at, server_id) > (@since, @after) AND full_hash IS NOT NULL AND contract_hash IS NOT NULL
            ORDER BY changed_at, server_id LIMIT @most
            """;
        var values = new
        {
            since,
            after = after.Value,
            most,
        };
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<SeenRow>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => row.ToContract())];
    }

    /// <summary>What one server shows now; null until a probe saw its list.</summary>
    public async Task<ShownContract?> OfAsync(ServerKey server, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Seen}
            WHERE server_id = @server AND tenant_id = @tenant AND full_hash IS NOT NULL AND contract_hash IS NOT NULL
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<SeenRow>(
            new CommandDefinition(sql, Of(server), cancellationToken: cancellationToken)
        );
        return row?.ToContract();
    }

    /// <summary>The newest lists that are kept of a server, the oldest first; at most 200.</summary>
    public async Task<IReadOnlyList<KeptContract>> KeptAsync(ServerKey server, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT full_hash, contract_hash, first_seen, url, credential, protocol_version
            FROM collector.contract_version
            WHERE server_id = @server AND tenant_id = @tenant
            ORDER BY first_seen DESC, full_hash LIMIT 200
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<KeptRow>(
            new CommandDefinition(sql, Of(server), cancellationToken: cancellationToken)
        );
        return [.. rows.Reverse().Select(row => row.ToContract())];
    }

    private static object Of(ServerKey server) => new { tenant = server.Tenant.Value, server = server.Server.Value };

    // Rows are spelled as the columns are, so that Dapper needs no map.
    private sealed record KeptRow(
        string full_hash,
        string contract_hash,
        DateTime first_seen,
        string? url,
        string? credential,
        string? protocol_version
    )
    {
        public KeptContract ToContract() =>
            new(
                full_hash,
                contract_hash,
                new DateTimeOffset(first_seen, TimeSpan.Zero),
                url,
                credential,
                protocol_version
            );
    }

    private sealed record SeenRow(
        int tenant_id,
        int server_id,
        string url,
        string contract_hash,
        string full_hash,
        string? protocol_version,
        DateTime changed_at,
        string? regions
    )
    {
        public ShownContract ToContract() =>
            new(
                new ServerKey(new TenantId(tenant_id), new ServerId(server_id)),
                url,
                contract_hash,
                full_hash,
                protocol_version,
                regions is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(regions)!,
                new DateTimeOffset(changed_at, TimeSpan.Zero)
            );
    }
}
