using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.ContractVersions;

/// <summary>What a server offers now, as last seen by a probe that came as far as its tool list.</summary>
public sealed record CurrentContract
{
    /// <summary><c>sha256:</c> and 64 hex digits: what callers depend on.</summary>
    public required string ContractHash { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits: texts included.</summary>
    public required string FullHash { get; init; }

    public required int ToolCount { get; init; }

    /// <summary>In the order of the canonical list, safe to print; empty while only the hash is known.</summary>
    public required IReadOnlyList<string> ToolNames { get; init; }

    /// <summary>When this very list was seen first.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When its contract was seen first, under whatever words.</summary>
    public DateTimeOffset ContractFirstSeen { get; init; }

    /// <summary>Safe to print, like the two that follow; null when the server did not say.</summary>
    public string? ProtocolVersion { get; init; }

    public string? ServerName { get; init; }

    public string? ServerVersion { get; init; }

    public Era Era { get; init; }

    public McpTransport Transport { get; init; }

    /// <summary>Bytes of the list as the server sent it.</summary>
    public int ListBytes { get; init; }

    /// <summary>Requests of one ordinary look; null until one was whole.</summary>
    public int? LookRequests { get; init; }

    /// <summary>Bytes that one ordinary look received.</summary>
    public long? LookBytes { get; init; }

    /// <summary>Each look opens a session, and ends it.</summary>
    public bool IssuesSessions { get; init; }
}
