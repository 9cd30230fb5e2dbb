namespace AliveMcp.Probing.Transports;

/// <summary>The JSON-RPC error codes that mean the same at every server. The range -32000 to -32019 is not among them.</summary>
internal static class ErrorCode
{
    public const int InvalidParams = -32602;
    public const int MethodNotFound = -32601;
    public const int HeaderMismatch = -32020;
    public const int CapabilityMissing = -32021;
    public const int UnsupportedVersion = -32022;

    /// <summary>A person must do something at a URL first; in 2025-11-25 alone.</summary>
    public const int ElicitationRequired = -32042;

    /// <summary>Used for refused sign-in by some, for lost sessions by others: its message decides.</summary>
    public const int Ambiguous = -32001;

    /// <summary>Whether only a server of the discover era says so.</summary>
    public static bool IsModern(int? code) => code is HeaderMismatch or CapabilityMissing or UnsupportedVersion;
}
