namespace AliveMcp.Vocabulary.Tickets;

/// <summary>The hard limits of one try. Every one ends the try with a reason of its own; none can be switched off.</summary>
public sealed record ProbeLimits
{
    /// <summary>The whole try, goodbye excepted. Default 15 s, 1 to 30 s.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>All addresses of the name together (RFC 8305). Default 5 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long <c>server/discover</c> may be silent before <c>initialize</c> is tried. Default 3 s.</summary>
    public TimeSpan Discover { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>All pages of the tool list together. Default 10 s.</summary>
    public TimeSpan ToolsList { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All test calls together. Default 10 s.</summary>
    public TimeSpan TestCalls
    {
        get;
        // A desk that does not know the limit yet leaves it out, which arrives as zero.
        init => field = value > TimeSpan.Zero ? value : field;
    } = TimeSpan.FromSeconds(10);

    /// <summary>The owner's health URL, connecting included. Default 5 s.</summary>
    public TimeSpan Health
    {
        get;
        init => field = value > TimeSpan.Zero ? value : field;
    } = TimeSpan.FromSeconds(5);

    /// <summary>The session's <c>DELETE</c>; beyond it we leave. Default 2 s.</summary>
    public TimeSpan Goodbye { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Handshake and tool list together above this are <c>slow</c>. Default 5 s.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>One body after decompression. Default 4 MiB.</summary>
    public int BodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Decompressed bytes per compressed byte, once past 64 KiB. Default 100.</summary>
    public int CompressionRatio { get; init; } = 100;

    /// <summary>Status line and headers of one answer. Default 32 KiB.</summary>
    public int HeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Events read from one stream while waiting for one answer. Default 1,000.</summary>
    public int SseEvents { get; init; } = 1_000;

    /// <summary>Pages of the tool list. Default 50.</summary>
    public int Pages { get; init; } = 50;

    /// <summary>Tools in the list. Default 5,000.</summary>
    public int Tools { get; init; } = 5_000;

    /// <summary>Nesting of any JSON we read. Default 64.</summary>
    public int JsonDepth { get; init; } = 64;
}
