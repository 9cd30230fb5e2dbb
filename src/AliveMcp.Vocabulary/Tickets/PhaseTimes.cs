namespace AliveMcp.Vocabulary.Tickets;

/// <summary>What each phase of a try took, in microseconds on the prober's monotonic clock. Zero: not reached.</summary>
public sealed record PhaseTimes
{
    public int Resolve { get; init; }

    public int Connect { get; init; }

    public int Tls { get; init; }

    /// <summary>Discover, initialize and initialized together, fallback included.</summary>
    public int Handshake { get; init; }

    /// <summary>All pages of the tool list.</summary>
    public int Tools { get; init; }

    public int TestCall { get; init; }

    /// <summary>From the first request's last byte sent to its answer's first byte.</summary>
    public int FirstByte { get; init; }

    /// <summary>From the start of resolve to the last needed answer; the goodbye is not in it. This is the latency that is shown.</summary>
    public int Total { get; init; }
}
