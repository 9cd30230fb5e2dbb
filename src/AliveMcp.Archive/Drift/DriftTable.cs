using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Contracts.Changes;
using AliveMcp.Storage.Outbox;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Drift;

/// <summary>Tables <c>archive.settled_contract</c> and <c>archive.contract_drift</c> as the archiver writes them.</summary>
internal static class DriftTable
{
    /// <summary>Whoever changes a server's rows holds its shard's mark, so that neither another archiver nor an erasure comes between.</summary>
    private const string Hold = "SELECT FROM archive.mark WHERE reader = 'archive' AND shard = @shard FOR UPDATE";

    /// <summary>A statement of its own: it must see what was committed while we waited.</summary>
    private const string IsThere = "SELECT NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = @server)";

    private const string Settle = """
        INSERT INTO archive.settled_contract AS settled (server_id, tenant_id, mark, contract_hash, full_hash, url, credential,
            protocol_version, minute, unstable_at, recent_marks, recent_minutes, volatile)
        VALUES (@server, @tenant, @mark, @contractHash, @fullHash, @url, @credential,
            @protocolVersion, @minute, @unstableAt, @recentMarks, @recentMinutes, @volatile::jsonb)
        ON CONFLICT (server_id) DO UPDATE SET
            mark = excluded.mark, contract_hash = excluded.contract_hash, full_hash = excluded.full_hash, url = excluded.url,
            credential = excluded.credential, protocol_version = excluded.protocol_version, minute = excluded.minute,
            unstable_at = excluded.unstable_at, recent_marks = excluded.recent_marks,
            recent_minutes = excluded.recent_minutes, volatile = excluded.volatile
        """;

    private const string Declare = """
        INSERT INTO archive.contract_drift (tenant_id, server_id, minute, kind, from_hash, to_hash, from_list, to_list,
            from_key, to_key, gravest, classes, change_count, changes)
        VALUES (@tenant, @server, @minute, @kind, @fromHash, @toHash, @fromList, @toList,
            @fromKey::jsonb, @toKey::jsonb, @gravest, @classes, @count, @changes::jsonb)
        ON CONFLICT (server_id, minute, to_list) DO NOTHING
        RETURNING drift_id
        """;

    /// <summary>Holds the server still until the transaction ends; false when it is erased.</summary>
    public static async Task<bool> HoldAsync(
        NpgsqlTransaction transaction,
        ServerKey server,
        CancellationToken cancellationToken
    )
    {
        var connection = transaction.Connection!;
        var shard = new { shard = (short)Shard.Of(server.Server).Value };
        await connection.ExecuteAsync(
            new CommandDefinition(Hold, shard, transaction, cancellationToken: cancellationToken)
        );
        return await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                IsThere,
                new { server = server.Server.Value },
                transaction,
                cancellationToken: cancellationToken
            )
        );
    }

    public static Task SettleAsync(
        NpgsqlTransaction transaction,
        SettledContract next,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            server = next.Server.Server.Value,
            tenant = next.Server.Tenant.Value,
            mark = unchecked((long)next.Mark),
            contractHash = next.ContractHash,
            fullHash = next.FullHash,
            url = next.Key.Url,
            credential = next.Key.Credential,
            protocolVersion = next.Key.ProtocolVersion,
            minute = next.Minute.Value,
            unstableAt = next.UnstableAt?.Value,
            recentMarks = next.Recent.Select(place => unchecked((long)place.Mark)).ToArray(),
            recentMinutes = next.Recent.Select(place => place.Minute.Value).ToArray(),
            @volatile = JsonSerializer.Serialize(next.Volatile, OutboxTopic.Json),
        };
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(Settle, values, transaction, cancellationToken: cancellationToken)
        );
    }

    /// <summary>Writes what is declared and tells it, both once.</summary>
    public static async Task DeclareAsync(
        NpgsqlTransaction transaction,
        SettledContract from,
        SettledContract to,
        DriftNews news,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<ContractChange> changes = news.Changes ?? [];
        var classes = DriftWords.Classes(changes);
        var values = new
        {
            tenant = to.Server.Tenant.Value,
            server = to.Server.Server.Value,
            minute = to.Minute.Value,
            kind = (short)news.Kind,
            fromHash = from.ContractHash,
            toHash = to.ContractHash,
            fromList = from.FullHash,
            toList = to.FullHash ?? to.ContractHash,
            fromKey = KeyOf(from.Key),
            toKey = KeyOf(to.Key),
            gravest = (short)classes.FirstOrDefault(),
            classes = classes.Select(DriftWords.Word).ToArray(),
            count = changes.Count,
            changes = JsonSerializer.Serialize(DriftWords.Lines(changes), OutboxTopic.Json),
        };
        var id = await transaction.Connection!.ExecuteScalarAsync<long?>(
            new CommandDefinition(Declare, values, transaction, cancellationToken: cancellationToken)
        );
        if (id is { } drift)
        {
            var told = new ContractDrifted(
                values.server,
                drift,
                values.minute,
                DriftWords.Word(news.Kind),
                values.classes,
                values.count
            );
            await transaction.TellAsync(to.Server.Tenant, DriftTopics.Drift, told, cancellationToken);
        }
    }

    /// <summary>Tells of what a list holds against its readers, once: whoever comes later finds that the server has settled on it.</summary>
    public static Task TellFindingsAsync(
        NpgsqlTransaction transaction,
        DriftOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        var server = outcome.Next.Server;
        var told = new ContractDrifted(
            server.Server.Value,
            DriftId: 0,
            outcome.Next.Minute.Value,
            "finding",
            ["security"],
            outcome.Findings
        );
        return transaction.TellAsync(server.Tenant, DriftTopics.Drift, told, cancellationToken);
    }

    /// <summary>What a server settled on; null when it never did. With a transaction it is as it stands behind <see cref="HoldAsync"/>.</summary>
    public static async Task<SettledContract?> SettledAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        ServerKey server,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT mark AS Mark, contract_hash AS ContractHash, full_hash AS FullHash, url AS Url, credential AS Credential,
                protocol_version AS ProtocolVersion, minute AS Minute, unstable_at AS UnstableAt,
                recent_marks AS RecentMarks, recent_minutes AS RecentMinutes, volatile::text AS Volatile
            FROM archive.settled_contract WHERE server_id = @server
            """;
        var row = await connection.QuerySingleOrDefaultAsync<SettledRow>(
            new CommandDefinition(
                sql,
                new { server = server.Server.Value },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        return row?.ToSettled(server);
    }

    /// <summary>The archived minutes from one to another, in their order.</summary>
    public static async Task<IReadOnlyList<VerdictMinute>> MinutesAsync(
        NpgsqlConnection connection,
        ServerKey server,
        MinuteStamp from,
        MinuteStamp to,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT packed FROM archive.verdict_minute
            WHERE server_id = @server AND minute = ANY(ARRAY(SELECT generate_series(@from, @to)))
            ORDER BY minute
            """;
        var values = new
        {
            server = server.Server.Value,
            from = from.Value,
            to = to.Value,
        };
        var rows = await connection.QueryAsync<byte[]>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => VerdictCodec.Unpack(row))];
    }

    private static string KeyOf(ContractKey key) => JsonSerializer.Serialize(key, OutboxTopic.Json);

    private sealed class SettledRow
    {
        public long Mark { get; init; }
        public string ContractHash { get; init; } = "";
        public string? FullHash { get; init; }
        public string Url { get; init; } = "";
        public string? Credential { get; init; }
        public string? ProtocolVersion { get; init; }
        public int Minute { get; init; }
        public int? UnstableAt { get; init; }
        public long[] RecentMarks { get; init; } = [];
        public int[] RecentMinutes { get; init; } = [];
        public string Volatile { get; init; } = "[]";

        public SettledContract ToSettled(ServerKey server) =>
            new()
            {
                Server = server,
                Mark = unchecked((ulong)Mark),
                ContractHash = ContractHash,
                FullHash = FullHash,
                Key = new ContractKey(Url, Credential, ProtocolVersion),
                Minute = new MinuteStamp(Minute),
                UnstableAt = UnstableAt is { } at ? new MinuteStamp(at) : null,
                Recent =
                [
                    .. RecentMarks.Zip(
                        RecentMinutes,
                        (mark, minute) => new Hours.Settle(unchecked((ulong)mark), new MinuteStamp(minute))
                    ),
                ],
                Volatile = JsonSerializer.Deserialize<List<VolatileText>>(Volatile, OutboxTopic.Json)!,
            };
    }
}
