namespace AliveMcp.Vocabulary.Tickets;

/// <summary>One order to probe one server from one region in one minute, or for one person who waits. Made by the desk at lease, good for one report.</summary>
public sealed record ProbeTicket
{
    /// <summary>Version of this record on the wire.</summary>
    public int V
    {
        get;
        init => field = value == 0 ? field : value;
    } = 1;

    public required ServerKey Server { get; init; }

    public required MinuteStamp Minute { get; init; }

    public required Region Region { get; init; }

    public required ProbeOrder Order { get; init; }

    /// <summary>From the receipt of the ticket to the first try. Zero when it is due.</summary>
    public TimeSpan StartIn { get; init; }

    /// <summary>From the receipt of the ticket: no try may start that could end after this.</summary>
    public required TimeSpan LastEndIn { get; init; }

    /// <summary>Whether a try that is not live may be retried once, 10 s after it ended.</summary>
    public bool MayRetry { get; init; }

    /// <summary>HMAC-SHA256 of the desk over prober, server, region and minute (or look), base64url. The report carries it back.</summary>
    public required string Signature { get; init; }

    /// <summary>A live look that a person asked for: its steps go to <c>/steps</c> as they end, and no minute hears of it. Null: a minute's ticket.</summary>
    public string? Look { get; init; }

    /// <summary>Of a live look: only a process that serves its tenant alone may carry it out. Tickets of minutes say so by their lane.</summary>
    public bool Isolated { get; init; }
}
