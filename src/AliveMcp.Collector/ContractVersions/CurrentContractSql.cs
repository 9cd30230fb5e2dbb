using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.ContractVersions;

/// <summary>
/// The statement that tells what a server offers now. Open to a later room that asks it together with its own: pages must not ask one by one.
/// </summary>
public static class CurrentContractSql
{
    /// <summary>Bytes of the largest text that is read back; comparing two of that size takes tens of milliseconds.</summary>
    internal const int MostExplained = 1024 * 1024;

    /// <summary>One row, or none until a probe saw the tool list. Needs <c>@server</c>.</summary>
    internal const string Read = """
        SELECT m.contract_hash, m.full_hash, coalesce(m.tool_count, v.tool_count, 0) AS tool_count, v.tool_names,
            coalesce(v.first_seen, m.changed_at) AS first_seen, m.protocol_version, m.server_name, m.server_version,
            m.era, m.transport, coalesce(m.list_bytes, v.bytes, 0) AS list_bytes,
            m.look_requests, m.look_bytes, m.issues_sessions,
            (SELECT first_seen FROM collector.contract_version AS same
                WHERE same.server_id = m.server_id AND same.contract_hash = m.contract_hash
                ORDER BY first_seen LIMIT 1) AS contract_first_seen
        FROM collector.server_memory m
        LEFT JOIN collector.contract_version v ON v.server_id = m.server_id AND v.full_hash = m.full_hash
        WHERE m.server_id = @server AND m.full_hash IS NOT NULL AND m.contract_hash IS NOT NULL
        """;

    /// <summary>
    /// The same as <c>json</c> for <see cref="OfJson"/>, and as <c>canonical</c> the packed text for <see cref="Text"/>, unless its full
    /// hash is <c>@knownList</c>. Needs <c>@server</c>.
    /// </summary>
    public const string ReadJson = $"""
        SELECT to_jsonb(c)::text AS json,
            CASE WHEN c.full_hash IS DISTINCT FROM @knownList::text THEN (
                SELECT canonical FROM collector.contract_version AS text
                WHERE text.server_id = @server AND text.full_hash = c.full_hash AND text.bytes <= 1048576) END AS canonical
        FROM ({Read}) AS c
        """;

    /// <summary>Reads what <see cref="ReadJson"/> gave as <c>json</c>.</summary>
    public static CurrentContract OfJson(string json) =>
        JsonSerializer.Deserialize<CurrentContractRow>(json)!.ToContract();

    /// <summary>Reads what it gave as <c>canonical</c>; null when it cannot be unpacked.</summary>
    public static ReadOnlyMemory<byte>? Text(byte[] canonical) => BroughtContract.Unpacked(canonical);
}

/// <summary>A row of <see cref="CurrentContractSql.Read"/>, spelled as its columns are.</summary>
internal sealed class CurrentContractRow
{
    public string contract_hash { get; init; } = "";
    public string full_hash { get; init; } = "";
    public int tool_count { get; init; }
    public string[]? tool_names { get; init; }
    public DateTime first_seen { get; init; }
    public DateTime? contract_first_seen { get; init; }
    public string? protocol_version { get; init; }
    public string? server_name { get; init; }
    public string? server_version { get; init; }
    public short era { get; init; }
    public short transport { get; init; }
    public int list_bytes { get; init; }
    public int? look_requests { get; init; }
    public long? look_bytes { get; init; }
    public bool issues_sessions { get; init; }

    public CurrentContract ToContract() =>
        new()
        {
            ContractHash = contract_hash,
            FullHash = full_hash,
            ToolCount = tool_count,
            ToolNames = tool_names ?? [],
            FirstSeen = Utc(first_seen),
            ContractFirstSeen = Utc(contract_first_seen ?? first_seen),
            ProtocolVersion = protocol_version,
            ServerName = server_name,
            ServerVersion = server_version,
            Era = (Era)era,
            Transport = (McpTransport)transport,
            ListBytes = list_bytes,
            LookRequests = look_requests,
            LookBytes = look_bytes,
            IssuesSessions = issues_sessions,
        };

    private static DateTimeOffset Utc(DateTime instant) => new(instant.ToUniversalTime(), TimeSpan.Zero);
}
