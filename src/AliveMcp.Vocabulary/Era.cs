namespace AliveMcp.Vocabulary;

/// <summary>The two wire eras of MCP. A property of the origin; remembered between probes. The numbers are stored.</summary>
public enum Era : byte
{
    /// <summary>Not known yet: ask for the newer one first, then fall back.</summary>
    Auto = 0,

    /// <summary>2024-11-05 to 2025-11-25: <c>initialize</c>, optional sessions.</summary>
    Initialize = 1,

    /// <summary>2026-07-28 and later: <c>server/discover</c>, stateless.</summary>
    Discover = 2,
}
