using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Minutes;

/// <summary>What one region says about one server in one minute.</summary>
public sealed record RegionEntry
{
    public required Region Region { get; init; }

    public required ServerState State { get; init; }

    public Why Why { get; init; }

    /// <summary>The first step that failed; null when the region is live or could not look.</summary>
    public ProbeStep? FailedAt { get; init; }

    public Access Access { get; init; }

    public VerifiedTo VerifiedTo { get; init; }

    /// <summary>1 or 2.</summary>
    public required int Tries { get; init; }

    /// <summary>The first try was not live. Error rates and percentiles count first tries.</summary>
    public bool FirstTryFailed { get; init; }

    /// <summary>Phase times of the better try, µs; null when it saw nothing.</summary>
    public PhaseTimes? Phases { get; init; }

    /// <summary>Total of the first try, µs; null when it was not live or degraded. Percentiles are made of it.</summary>
    public int? FirstTryTotal { get; init; }

    /// <summary>The first 8 bytes of the contract's hash; null when no list was seen.</summary>
    public ulong? ContractMark { get; init; }

    /// <summary>The region saw that something is wrong: degraded or down.</summary>
    public bool Fails => State is ServerState.Degraded or ServerState.Down;

    /// <summary>Live only because the second try was.</summary>
    public bool RecoveredOnRetry => FirstTryFailed && State == ServerState.Live;

    /// <summary>The first 8 bytes of <c>sha256:…</c>, or null.</summary>
    public static ulong? MarkOf(string? contractHash) =>
        contractHash is { Length: 71 }
        && ulong.TryParse(
            contractHash.AsSpan(7, 16),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var mark
        )
            ? mark
            : null;
}
