namespace AliveMcp.Vocabulary;

/// <summary>How MCP travels over HTTP. The numbers are stored.</summary>
public enum McpTransport : byte
{
    /// <summary>Streamable HTTP first, then the legacy form on 404 or 405.</summary>
    Auto = 0,

    /// <summary>Streamable HTTP: one endpoint, POST, answers as JSON or as an event stream.</summary>
    Http = 1,

    /// <summary>Legacy HTTP+SSE of 2024-11-05: GET stream, <c>endpoint</c> event, POST.</summary>
    Sse = 2,
}
