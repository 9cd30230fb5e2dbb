namespace AliveMcp.Probing.Evidence;

/// <summary>What a failed try saw, redacted: no credentials, cookies or IP addresses.</summary>
public sealed record ProbeEvidence
{
    /// <summary>Status line of the answer that decided; null when none came.</summary>
    public string? StatusLine { get; init; }

    /// <summary>Names of its headers, in the order they came; never their values.</summary>
    public IReadOnlyList<string> HeaderNames
    {
        get;
        init => field = value ?? field;
    } = [];

    /// <summary>The first 2 KiB of its body, acting characters escaped.</summary>
    public string? Body { get; init; }

    public int? RpcCode { get; init; }

    public string? RpcMessage { get; init; }

    /// <summary>The certificates that were served, leaf first: subject, issuer, dates, SHA-256.</summary>
    public IReadOnlyList<string> Certificates
    {
        get;
        init => field = value ?? field;
    } = [];

    /// <summary>Gzip of the JSON of this, base64, at most 6 KB; the body is shortened until it fits.</summary>
    public string Pack() => EvidencePacking.Pack(this);

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    /// <exception cref="FormatException">It is not packed evidence.</exception>
    public static ProbeEvidence Unpack(string packed) => EvidencePacking.Unpack(packed);
}
