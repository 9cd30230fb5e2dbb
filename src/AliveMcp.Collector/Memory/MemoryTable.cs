using System.Collections.Immutable;
using System.Text.Json;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Collector.Memory;

/// <summary>Table <c>collector.server_memory</c>.</summary>
internal sealed class MemoryTable(PostgresDoors postgres)
{
    private const string Upsert = """
        INSERT INTO collector.server_memory (server_id, tenant_id, url, era, era_tested_at, transport, issues_sessions,
            delete_refused, expected_access, contract_hash, full_hash, tool_count, list_bytes, protocol_version,
            server_name, server_version, other_leg_at, look_requests, look_bytes, backoff_until, backoff_minutes,
            owner_asked_at, reach, regions)
        SELECT @server, @tenant, @url, @era, @eraTestedAt, @transport, @issuesSessions,
            @deleteRefused, @expectedAccess, @contractHash, @fullHash, @toolCount, @listBytes, @protocolVersion,
            @serverName, @serverVersion, @otherLegAt, @lookRequests, @lookBytes, @backoffUntil, @backoffMinutes,
            @ownerAskedAt, @reach::jsonb, @regions::jsonb
        WHERE NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = @server)
        ON CONFLICT (server_id) DO UPDATE SET
            url = excluded.url, era = excluded.era, era_tested_at = excluded.era_tested_at,
            transport = excluded.transport, issues_sessions = excluded.issues_sessions,
            delete_refused = excluded.delete_refused, expected_access = excluded.expected_access,
            contract_hash = excluded.contract_hash, full_hash = excluded.full_hash, tool_count = excluded.tool_count,
            list_bytes = excluded.list_bytes, protocol_version = excluded.protocol_version,
            server_name = excluded.server_name, server_version = excluded.server_version,
            other_leg_at = excluded.other_leg_at, look_requests = excluded.look_requests,
            look_bytes = excluded.look_bytes, owner_asked_at = excluded.owner_asked_at, reach = excluded.reach, changed_at = now(),
            -- What another collector was asked meanwhile holds until it is over.
            backoff_until = CASE WHEN server_memory.url = excluded.url AND server_memory.backoff_until > @now
                THEN greatest(server_memory.backoff_until, excluded.backoff_until) ELSE excluded.backoff_until END,
            backoff_minutes = CASE WHEN server_memory.url = excluded.url AND server_memory.backoff_until > @now
                THEN greatest(server_memory.backoff_minutes, excluded.backoff_minutes) ELSE excluded.backoff_minutes END,
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
                server_name AS ServerName, server_version AS ServerVersion, other_leg_at AS OtherLegAt,
                look_requests AS LookRequests, look_bytes AS LookBytes, backoff_until AS BackoffUntil,
                backoff_minutes AS BackoffMinutes, owner_asked_at AS OwnerAskedAt, reach::text AS Reach, regions::text AS Regions
            FROM collector.server_memory WHERE server_id = ANY(@ids)
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        var ids = servers.Select(server => server.Value).ToArray();
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, new { ids }, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => new ServerId(row.Server), row => row.ToMemory());
    }

    /// <summary>Writes a memory; a change of its era, or of how it is reached, is told once, whichever collector sees it first.</summary>
    public async Task WriteAsync(ServerMemory memory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (era, reach) = await StoredAsync(transaction, memory, cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(Upsert, Values(memory, now), transaction, cancellationToken: cancellationToken)
        );
        if (era != Era.Auto && memory.Era != Era.Auto && era != memory.Era)
        {
            await transaction.TellAsync(
                memory.Server.Tenant,
                ServerTopics.Observed,
                ServerObserved.EraChanged(memory.Server.Server, era, memory.Era, now),
                cancellationToken
            );
        }

        if (!reach.IsToldAs(memory.Reach))
        {
            var told = memory.Reach.ToTold(memory.Server.Server, now);
            await transaction.TellAsync(memory.Server.Tenant, ServerTopics.Reach, told, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<(Era Era, ServerReach Reach)> StoredAsync(
        NpgsqlTransaction transaction,
        ServerMemory memory,
        CancellationToken cancellationToken
    )
    {
        // A memory of another URL is none: a server that moved has no era that it could change.
        // What a crash of Postgres takes back of its last moments is learnt again: nobody waits for the disk.
        const string sql = """
            SELECT set_config('synchronous_commit', 'off', true);
            SELECT CASE WHEN url = @url THEN era ELSE 0 END AS Era, reach::text AS Reach
            FROM collector.server_memory WHERE server_id = @server FOR UPDATE
            """;
        var values = new { server = memory.Server.Server.Value, url = memory.Url };
        var command = new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken);
        await using var found = await transaction.Connection!.QueryMultipleAsync(command);
        await found.ReadAsync<string>();
        var (era, reach) = await found.ReadFirstOrDefaultAsync<(int Era, string? Reach)>();
        return ((Era)era, ReachOf(reach));
    }

    private static ServerReach ReachOf(string? stored) =>
        stored is null ? ServerReach.None : JsonSerializer.Deserialize<ServerReach>(stored, Json) ?? ServerReach.None;

    private static object Values(ServerMemory memory, DateTimeOffset now) =>
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
            otherLegAt = memory.OtherLegAt,
            lookRequests = memory.LookRequests,
            lookBytes = memory.LookBytes,
            backoffUntil = memory.BackoffUntil,
            backoffMinutes = (short)memory.BackoffMinutes,
            ownerAskedAt = memory.OwnerAskedAt,
            now,
            reach = memory.Reach == ServerReach.None ? null : JsonSerializer.Serialize(memory.Reach, Json),
            regions = JsonSerializer.Serialize(memory.Regions, Json),
        };

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
        public DateTime? OtherLegAt { get; init; }
        public int? LookRequests { get; init; }
        public long? LookBytes { get; init; }
        public DateTime? BackoffUntil { get; init; }
        public short BackoffMinutes { get; init; }
        public DateTime? OwnerAskedAt { get; init; }
        public string? Reach { get; init; }
        public string Regions { get; init; } = "{}";

        public ServerMemory ToMemory() =>
            new()
            {
                Server = new ServerKey(new TenantId(Tenant), new ServerId(Server)),
                Url = Url,
                Era = (Era)Era,
                EraTestedAt = Utc(EraTestedAt),
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
                OtherLegAt = Utc(OtherLegAt),
                LookRequests = LookRequests,
                LookBytes = LookBytes,
                BackoffUntil = Utc(BackoffUntil),
                BackoffMinutes = BackoffMinutes,
                OwnerAskedAt = Utc(OwnerAskedAt),
                Reach = ReachOf(Reach),
                Regions =
                    JsonSerializer.Deserialize<ImmutableDictionary<string, RegionMemory>>(Regions, Json)
                    ?? ImmutableDictionary<string, RegionMemory>.Empty,
            };

        private static DateTimeOffset? Utc(DateTime? at) =>
            at is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null;
    }
}
