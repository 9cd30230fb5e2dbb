namespace AliveMcp.Probing.Evidence;

/// <summary>One connection of a probe, made or tried. Everything textual in it is safe to print.</summary>
public sealed record Connection
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>All addresses of the name; <c>[ip]</c> each when they are not to be shown.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>How many of them are IPv6.</summary>
    public int V6 { get; init; }

    /// <summary>The address that was dialled at last; null when none was.</summary>
    public string? Address { get; init; }

    /// <summary>Addresses that did not answer although another did.</summary>
    public int Dead { get; init; }

    /// <summary>Since the probe's start.</summary>
    public TimeSpan BeganAt { get; init; }

    public TimeSpan Resolve { get; init; }

    public TimeSpan Connect { get; init; }

    /// <summary>The TLS handshake; zero without one.</summary>
    public TimeSpan Tls { get; init; }

    /// <summary>For example <c>TLS 1.3</c>; null without TLS.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>For example <c>TLS_AES_256_GCM_SHA384</c>; null without TLS.</summary>
    public string? Cipher { get; init; }

    /// <summary>The protocol agreed on (ALPN), for example <c>h2</c>; null when none was.</summary>
    public string? Alpn { get; init; }

    /// <summary>The certificates that were served, leaf first.</summary>
    public IReadOnlyList<SeenCertificate> Certificates { get; init; } = [];

    /// <summary>Why it did not come about; null when it did.</summary>
    public string? Fault { get; init; }
}

/// <summary>One certificate as it was served.</summary>
/// <param name="Subject">Distinguished name.</param>
/// <param name="Issuer">Distinguished name.</param>
/// <param name="From">First instant of its validity.</param>
/// <param name="Until">Last instant of its validity.</param>
/// <param name="Fingerprint">SHA-256, hex.</param>
public sealed record SeenCertificate(
    string Subject,
    string Issuer,
    DateTimeOffset From,
    DateTimeOffset Until,
    string Fingerprint
);
