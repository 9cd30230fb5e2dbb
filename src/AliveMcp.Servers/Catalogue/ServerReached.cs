namespace AliveMcp.Servers.Catalogue;

/// <summary>Record of <see cref="ServerTopics.Reach"/>: a server's certificate or its networks are others than before. All of it stands for all of the last.</summary>
/// <param name="ServerId">Which.</param>
/// <param name="CertificateBegins">Begin of the certificate that ends first; null: not known.</param>
/// <param name="CertificateEnds">Its end; null: the server shows no certificate that holds.</param>
/// <param name="CertificateIssuer">Who signed the server's own one, plain text; null: not known.</param>
/// <param name="Blocks">Networks of the addresses that were dialled lately. For grouping alone: never shown, never sent.</param>
/// <param name="At">When it was seen.</param>
public sealed record ServerReached(
    int ServerId,
    DateTimeOffset? CertificateBegins,
    DateTimeOffset? CertificateEnds,
    string? CertificateIssuer,
    IReadOnlyList<string> Blocks,
    DateTimeOffset At
);
