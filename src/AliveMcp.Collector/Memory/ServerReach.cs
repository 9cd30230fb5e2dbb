using System.Collections.Immutable;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Memory;

/// <summary>How a server is reached, as it was last seen: its certificate, who signed it, the networks of its addresses.</summary>
internal sealed record ServerReach
{
    /// <summary>Nothing was seen yet, or it has no TLS.</summary>
    public static ServerReach None { get; } = new();

    public DateTimeOffset? CertificateBegins { get; init; }

    public DateTimeOffset? CertificateEnds { get; init; }

    public string? CertificateIssuer { get; init; }

    /// <summary>When the certificate was last another than before.</summary>
    public DateTimeOffset? CertificateAt { get; init; }

    /// <summary>Blocks of addresses and the day, counted from 1970, on which each was last seen.</summary>
    public ImmutableSortedDictionary<string, int> Blocks { get; init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>As others are told of it: they need not know on which day what was seen.</summary>
    public ServerReached ToTold(ServerId server, DateTimeOffset now) =>
        new(server.Value, CertificateBegins, CertificateEnds, CertificateIssuer, [.. Blocks.Keys], now);

    /// <summary>Whether others would be told the same.</summary>
    public bool IsToldAs(ServerReach other) =>
        (CertificateBegins, CertificateEnds, CertificateIssuer)
            == (other.CertificateBegins, other.CertificateEnds, other.CertificateIssuer)
        && Blocks.Keys.SequenceEqual(other.Blocks.Keys, StringComparer.Ordinal);
}
