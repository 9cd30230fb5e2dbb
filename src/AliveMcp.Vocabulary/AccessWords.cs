namespace AliveMcp.Vocabulary;

/// <summary>The public words of <see cref="Access"/>, <see cref="VerifiedTo"/>, <see cref="Era"/> and <see cref="McpTransport"/>.</summary>
public static class AccessWords
{
    public static string? Word(Access access) => access == Access.Unknown ? null : access.ToString().ToLowerInvariant();

    public static string? Word(VerifiedTo depth) =>
        depth switch
        {
            VerifiedTo.Nothing => null,
            VerifiedTo.TestCall => "test_call",
            _ => depth.ToString().ToLowerInvariant(),
        };

    public static string Word(Era era) => era.ToString().ToLowerInvariant();

    public static string Word(McpTransport transport) => transport.ToString().ToLowerInvariant();
}
