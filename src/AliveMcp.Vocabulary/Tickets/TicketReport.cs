namespace AliveMcp.Vocabulary.Tickets;

/// <summary>The result of one ticket: one or two attempts, in their order, and what was observed.</summary>
public sealed record TicketReport
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

    /// <summary>As the ticket carried it.</summary>
    public required string Signature { get; init; }

    public required IReadOnlyList<ProbeAttempt> Attempts { get; init; }

    public Observed Observed
    {
        get;
        init => field = value ?? field;
    } = new();

    /// <summary>What proves a failure (gzip of redacted JSON, base64, at most 6 KB); null when nothing failed or nothing is new.</summary>
    public string? Evidence { get; init; }
}
