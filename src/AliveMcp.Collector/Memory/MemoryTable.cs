using System.Collections.Immutable;
using System.Text.Json;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.Memory;

/// <summary>Table <c>collector.server_memory</c>.</summary>
internal sealed class MemoryTable(PostgresDoors postgres)
{
    private const string Upsert = """
        INSERT INTO collector.server_memory (server_id, tenant_id, url, era, era_tested_at, transport, issues_sessions,
            delete_refused, expected_access, contract_hash, full_hash, tool_count, list_bytes, protocol_version,
            server_name, server_version, regions)
        SELECT @server, @tenant, @url, @era, @eraTestedAt, @transport, @issuesSessions,
            @deleteRefused, @expectedAccess, @contractHash, @fullHash, @toolCount, @listBytes, @protocolVersion,
            @serverName, @serverVersion, @regions::jsonb
        WHERE NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = @server)
        ON CONFLICT (server_id) DO UPDATE SET
            url = excluded.url, era = excluded.era, era_tested_at = excluded.era_tested_at,
            transport = excluded.transport, issues_sessions = excluded.issues_sessions,
            delete_refused = excluded.delete_refused, expected_access = excluded.expected_access,
            contract_hash = excluded.contract_hash, full_hash = excluded.full_hash, tool_count = excluded.tool_count,
            list_bytes = excluded.list_bytes, protocol_version = excluded.protocol_version,
            server_name = excluded.server_name, server_version = excluded.server_version, changed_at = now(),
            -- Another collector may have written other regions meanwhile.
            regions = CASE WHEN server_memory.url = excluded.url
                THEN server_memory.regions || excluded.regions ELSE excluded.regions END
        """;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public async Task<IReadOnlyDictionary<ServerId, ServerMemory>> ReadAsync(
        IReadOnlyCollection<ServerId> servers,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT server_id AS Server, tenant_id AS Tenant, url AS Url, era AS Era, era_tested_at AS EraTestedAt,
                transport AS Transport, issues_sessions AS IssuesSessions, delete_refused AS DeleteRefused,
                expected_access AS ExpectedAccess, contract_hash AS ContractHash, full_hash AS FullHash,
                tool_count AS ToolCount, list_bytes AS ListBytes, protocol_version AS ProtocolVersion,
                server_name AS ServerName, server_version AS ServerVersion, regions::text AS Regions
            FROM collector.server_memory WHERE server_id = ANY(@ids)
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        var ids = servers.Select(server => server.Value).ToArray();
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, new { ids }, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => new ServerId(row.Server), row => row.ToMemory());
    }

    public async Task WriteAsync(ServerMemory memory, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                Upsert,
                new
                {
                    server = memory.Server.Server.Value,
                    tenant = memory.Server.Tenant.Value,
                    url = memory.Url,
                    era = (short)memory.Era,
                    eraTestedAt = memory.EraTestedAt,
                    transport = (short)memory.Transport,
                    issuesSessions = memory.IssuesSessions,
                    deleteRefused = memory.DeleteRefused,
                    expectedAccess = (short)memory.ExpectedAccess,
                    contractHash = memory.ContractHash,
                    fullHash = memory.FullHash,
                    toolCount = memory.ToolCount,
                    listBytes = memory.ListBytes,
                    protocolVersion = memory.ProtocolVersion,
                    serverName = memory.ServerName,
                    serverVersion = memory.ServerVersion,
                    regions = JsonSerializer.Serialize(memory.Regions, Json),
                },
                cancellationToken: cancellationToken
            )
        );
    }

    private sealed class Row
    {
        public int Server { get; init; }
        public int Tenant { get; init; }
        public string Url { get; init; } = "";
        public short Era { get; init; }
        public DateTime? EraTestedAt { get; init; }
        public short Transport { get; init; }
        public bool IssuesSessions { get; init; }
        public bool DeleteRefused { get; init; }
        public short ExpectedAccess { get; init; }
        public string? ContractHash { get; init; }
        public string? FullHash { get; init; }
        public int? ToolCount { get; init; }
        public int? ListBytes { get; init; }
        public string? ProtocolVersion { get; init; }
        public string? ServerName { get; init; }
        public string? ServerVersion { get; init; }
        public string Regions { get; init; } = "{}";

        public ServerMemory ToMemory() =>
            new()
            {
                Server = new ServerKey(new TenantId(Tenant), new ServerId(Server)),
                Url = Url,
                Era = (Era)Era,
                EraTestedAt = EraTestedAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
                Transport = (McpTransport)Transport,
                IssuesSessions = IssuesSessions,
                DeleteRefused = DeleteRefused,
                ExpectedAccess = (Access)ExpectedAccess,
                ContractHash = ContractHash,
                FullHash = FullHash,
                ToolCount = ToolCount,
                ListBytes = ListBytes,
                ProtocolVersion = ProtocolVersion,
                ServerName = ServerName,
                ServerVersion = ServerVersion,
                Regions =
                    JsonSerializer.Deserialize<ImmutableDictionary<string, RegionMemory>>(Regions, Json)
                    ?? ImmutableDictionary<string, RegionMemory>.Empty,
            };
    }
}
