namespace AliveMcp.Vocabulary;

/// <summary>The steps of a probe, named once and in the order in which they are taken. The numbers are stored and never change.</summary>
public enum ProbeStep : byte
{
    /// <summary>No step: nothing failed, or nothing was tried.</summary>
    None = 0,
    Resolve = 1,
    Connect = 2,
    Tls = 3,
    Discover = 4,
    Initialize = 5,
    Initialized = 6,
    ToolsList = 7,
    TestCall = 8,
    Health = 9,
    Goodbye = 10,
}
