using System.Collections.Immutable;

namespace AliveMcp.Testing.Wire;

/// <summary>What a specimen does when a request of some kind arrives.</summary>
public delegate Task Reaction(FakeCall call);

/// <summary>How answers are framed.</summary>
public enum Framing
{
    Json,
    Sse,

    /// <summary>An event stream that stays open behind the answer.</summary>
    SseLeftOpen,
}

/// <summary>One kind of MCP server, well-behaved or not: a healthy one, and what it does differently.</summary>
public sealed record Specimen
{
    public required string Name { get; init; }

    /// <summary>Path of the endpoint.</summary>
    public string Path { get; init; } = "/mcp";

    public bool SpeaksInitialize { get; init; } = true;

    public bool SpeaksDiscover { get; init; }

    /// <summary>Answers come on a GET stream, as in 2024-11-05.</summary>
    public bool IsLegacySse { get; init; }

    public bool IssuesSessions { get; init; }

    public Framing Framing { get; init; } = Framing.Json;

    /// <summary>What the server says it speaks in the initialize era; null echoes the client.</summary>
    public string? ProtocolVersion { get; init; }

    public bool OffersTools { get; init; } = true;

    /// <summary>The tools as raw JSON.</summary>
    public IReadOnlyList<string> Tools { get; init; } = FakeTools.Twelve;

    /// <summary>How long it thinks before every answer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What it does differently, by JSON-RPC method, or by <c>GET</c> and <c>DELETE</c>, or <c>*</c> for every request.</summary>
    public ImmutableDictionary<string, Reaction> Reactions { get; init; } =
        ImmutableDictionary.Create<string, Reaction>(StringComparer.Ordinal);

    /// <summary>This specimen, but for one kind of request.</summary>
    public Specimen On(string kind, Reaction reaction) => this with { Reactions = Reactions.SetItem(kind, reaction) };

    public Specimen Named(string name) => this with { Name = name };

    public override string ToString() => Name;
}
