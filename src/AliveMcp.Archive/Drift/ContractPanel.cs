using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>The contract that a server publishes now, as a page shows it. All names are strangers' text: escape them.</summary>
public sealed record ContractPanel
{
    /// <summary>How many tools are in the list.</summary>
    public required int ToolCount { get; init; }

    /// <summary>Their names in the list's canonical order; at most 200.</summary>
    public required IReadOnlyList<string> ToolNames { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits.</summary>
    public required string ContractHash { get; init; }

    /// <summary>Likewise, texts included; null where it was not asked for.</summary>
    public string? FullHash { get; init; }

    /// <summary>When this contract was first seen.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>The first minute of the newest change that was declared; null when there was none.</summary>
    public DateTimeOffset? LastChange { get; init; }

    /// <summary>Requests that one look by one region sends; null until a look was whole.</summary>
    public int? LookRequests { get; init; }

    /// <summary>Bytes that the server sends for one look.</summary>
    public long? LookBytes { get; init; }

    /// <summary>Each look opens a session, and ends it.</summary>
    public bool IssuesSessions { get; init; }

    /// <summary>The protocol version agreed on; null when not seen.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>What the server calls itself; null when it does not say.</summary>
    public string? ServerName { get; init; }

    /// <summary>What it says its version is; null when it does not say.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>The wire era it speaks.</summary>
    public Era Era { get; init; }

    /// <summary>How it is spoken to.</summary>
    public McpTransport Transport { get; init; }

    /// <summary>What was declared of it, the newest first; at most 5. Empty when nothing was.</summary>
    public IReadOnlyList<DeclaredDrift> Drifts { get; init; } = [];

    /// <summary>What in the current list's texts attacks whoever reads it; at most 20.</summary>
    public IReadOnlyList<PanelFinding> Findings { get; init; } = [];
}
