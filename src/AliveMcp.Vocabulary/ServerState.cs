namespace AliveMcp.Vocabulary;

/// <summary>The four answers to "is it alive?". The numbers are stored and never change.</summary>
public enum ServerState : byte
{
    /// <summary>We could not look, or have nothing to say. Never the server's fault and never uptime.</summary>
    Unknown = 0,

    /// <summary>An agent that connects now gets what it expects.</summary>
    Live = 1,

    /// <summary>An agent gets something, but not all, not everywhere, or too slowly.</summary>
    Degraded = 2,

    /// <summary>An agent gets nothing.</summary>
    Down = 3,
}
