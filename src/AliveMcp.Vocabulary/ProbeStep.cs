namespace AliveMcp.Vocabulary;

/// <summary>The steps of a probe, named once. The numbers are stored and never change.</summary>
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

    /// <summary>The look at the door as a stranger, before a credential is shown.</summary>
    Gate = 11,

    /// <summary>The sign-in metadata: RFC 9728, RFC 8414 and OpenID Connect discovery.</summary>
    SignIn = 12,

    /// <summary>Fetching an access token.</summary>
    Token = 13,
}
