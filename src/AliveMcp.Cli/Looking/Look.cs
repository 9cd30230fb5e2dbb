using System.Security.Cryptography.X509Certificates;
using AliveMcp.Probing;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Looking;

/// <summary>One look at one server, as it was asked for on the command line.</summary>
internal sealed record Look
{
    public required ProbeOrder Order { get; init; }

    public bool AllowPrivate { get; init; }

    /// <summary>The file of <see cref="Authorities"/>, for who wants to repeat a request by hand.</summary>
    public string? AuthorityFile { get; init; }

    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Name of the environment variable that holds the credential; null when there is none, or it was not given that way.</summary>
    public string? SecretName { get; init; }
}

/// <summary>What a look found, and everything that went over the wire for it.</summary>
internal sealed record Sight(
    ProbeResult Result,
    IReadOnlyList<Connection> Connections,
    IReadOnlyList<Exchange> Exchanges
);
