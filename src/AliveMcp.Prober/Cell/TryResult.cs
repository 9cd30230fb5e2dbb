using System.IO.Compression;
using AliveMcp.Contracts;
using AliveMcp.Probing;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Cell;

/// <summary>What one try found, as it travels from a cell: no more of it than the desk may come to want.</summary>
internal sealed record TryResult
{
    public required ProbeAttempt Attempt { get; init; }

    public Observed Observed { get; init; } = new();

    /// <summary>A list that the desk does not hold yet; null when it does, or when there is none that it would take.</summary>
    public SeenContract? Contract { get; init; }

    /// <summary>Redacted already; null when the try was live.</summary>
    public ProbeEvidence? Evidence { get; init; }

    /// <summary>Our own trouble: nothing is said about the server.</summary>
    public static TryResult Unknown(Why why, string? detail = null) =>
        new()
        {
            Attempt = new ProbeAttempt
            {
                State = ServerState.Unknown,
                Why = why,
                Detail = detail,
            },
        };

    public static TryResult Of(ProbeResult result, ProbeOrder order) =>
        new()
        {
            Attempt = result.Attempt,
            Observed = result.Observed,
            Contract =
                result.Contract is { } contract && contract.FullHash != order.KnownContract
                    ? SeenContract.Of(contract)
                    : null,
            Evidence = result.Evidence,
        };
}

/// <summary>A tool list as the desk takes it.</summary>
/// <param name="FullHash"><c>sha256:…</c> of the canonical JSON.</param>
/// <param name="Gzip">The canonical JSON, packed.</param>
internal sealed record SeenContract(string FullHash, byte[] Gzip)
{
    /// <summary>Packed bytes that the desk takes of one contract.</summary>
    private const int Most = 4 * 1024 * 1024;

    /// <returns>Null when the desk would not take it; its hash travels all the same.</returns>
    public static SeenContract? Of(ContractDocument contract)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(contract.Canonical.Span);
        }

        return packed.Length <= Most ? new SeenContract(contract.FullHash, packed.ToArray()) : null;
    }
}
