namespace AliveMcp.Vocabulary;

/// <summary>The layer in which something failed. Its lower-case name is a stable public word.</summary>
public enum FailureLayer : byte
{
    None = 0,
    Dns,
    Connect,
    Tls,
    Http,
    Blind,
    Rpc,
    Handshake,
    Tools,
    Auth,
    Time,
    Slow,
    Expectation,
    TestCall,
    Health,
    Contract,

    /// <summary>A reason of the minute, not of one probe: regions disagree or none could look.</summary>
    Minute,

    /// <summary>Our own fault, never the server's.</summary>
    Ours,
}
