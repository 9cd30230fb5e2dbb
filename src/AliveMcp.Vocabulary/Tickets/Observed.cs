namespace AliveMcp.Vocabulary.Tickets;

/// <summary>Facts about a server that ride along with a report. Null or zero: not seen this time.</summary>
public sealed record Observed
{
    public Era Era { get; init; }

    public McpTransport Transport { get; init; }

    public string? ProtocolVersion { get; init; }

    public string? ServerName { get; init; }

    public string? ServerVersion { get; init; }

    public bool IssuesSessions { get; init; }

    /// <summary>The session's <c>DELETE</c> was answered with an error, or not at all.</summary>
    public bool DeleteRefused { get; init; }

    public int? ToolCount { get; init; }

    /// <summary>Bytes of the tool list as received.</summary>
    public int? ListBytes { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits.</summary>
    public string? ContractHash { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits, titles and descriptions included.</summary>
    public string? FullHash { get; init; }

    /// <summary>End of the earliest-ending certificate of those that the server's own one was verified by, itself included.</summary>
    public DateTimeOffset? CertificateEnds { get; init; }

    /// <summary>Begin of the certificate that ends then.</summary>
    public DateTimeOffset? CertificateBegins { get; init; }

    /// <summary>Who signed the server's own certificate: letters, digits and a few signs, at most 80. Not believed without a look: a stranger wrote it.</summary>
    public string? CertificateIssuer { get; init; }

    /// <summary>Of the address that was dialled; see <see cref="Vocabulary.AddressBlock"/>. For grouping alone: never shown, never sent.</summary>
    public string? AddressBlock { get; init; }

    /// <summary>The other era, when it was tried: true answers, false does not; null: not tried, or nothing could be told.</summary>
    public bool? OtherLegAnswers { get; init; }

    /// <summary>How long the server asked us to stay away (<c>Retry-After</c> of a 429 or 503); null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>When the credential in use ends, if that can be known.</summary>
    public DateTimeOffset? CredentialEnds { get; init; }

    /// <summary>The door was looked at as a stranger (<see cref="ProbeOrder.LooksAtGate"/>) and what it said about itself.</summary>
    public Access Gate { get; init; }

    /// <summary>What the origin said to <see cref="ProbeOrder.AsksOwner"/>.</summary>
    public OwnerWish OwnerWish { get; init; }

    /// <summary>Requests sent by all tries together.</summary>
    public int Requests { get; init; }

    /// <summary>Bytes received by all tries together, bodies and headers.</summary>
    public long Bytes { get; init; }
}
